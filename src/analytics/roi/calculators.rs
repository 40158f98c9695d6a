//! The calculators: one line each, from which command line, documents and window make their forms.

use serde::{Deserialize, Serialize};

use super::OutputId as Out;
use crate::model::assumption::AssumptionId as In;

/// Names a calculator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is told by its line below")]
pub enum CalculatorId {
    MarketingRoi,
    LifetimeValue,
    AcquisitionCost,
    LtvCac,
    Payback,
    AdSpend,
    BreakEven,
    Offer,
    Contribution,
    Growth,
    Email,
    AbTests,
    Technology,
}

/// A calculator.
#[derive(Debug, Clone, Copy)]
pub struct Calculator {
    /// Which one.
    pub id: CalculatorId,
    /// Stable name in files and on the command line.
    pub key: &'static str,
    /// For people.
    pub name: &'static str,
    /// The question that it answers, as a sentence.
    pub purpose: &'static str,
    /// What it reckons with, in the order in which people are asked.
    pub inputs: &'static [In],
    /// What it tells, in the order in which it is read.
    pub outputs: &'static [Out],
    /// The output that stands for all.
    pub main: Out,
}

/// Every calculator.
pub const CALCULATORS: &[Calculator] = &[
    Calculator {
        id: CalculatorId::MarketingRoi,
        key: "marketing_roi",
        name: "Marketing ROI",
        purpose: "Does a month’s marketing bring more than it costs, over the lifespan of the customers it wins?",
        inputs: &[
            In::Investment,
            In::NewCustomers,
            In::Aov,
            In::Frequency,
            In::Lifespan,
            In::Margin,
            In::FixedCost,
            In::Churn,
            In::DiscountRate,
        ],
        outputs: &[Out::Clv, Out::ValueWon, Out::Roi, Out::NetProfit, Out::RoiDiscounted, Out::Npv],
        main: Out::Roi,
    },
    Calculator {
        id: CalculatorId::LifetimeValue,
        key: "lifetime_value",
        name: "Customer lifetime value",
        purpose: "What does a customer bring, simply added up and in today’s money?",
        inputs: &[In::Aov, In::Frequency, In::Lifespan, In::Margin, In::Churn, In::DiscountRate],
        outputs: &[
            Out::Clv,
            Out::ClvDiscounted,
            Out::MonthlyContribution,
            Out::ActiveMonths,
            Out::RevenueLtv,
            Out::ClvInfinite,
            Out::ClvInfiniteDiscounted,
        ],
        main: Out::Clv,
    },
    Calculator {
        id: CalculatorId::AcquisitionCost,
        key: "cac",
        name: "Customer acquisition cost",
        purpose: "What does it cost to win a customer?",
        inputs: &[In::Investment, In::NewCustomers, In::FixedCost, In::Cac],
        outputs: &[Out::CostOfCustomer, Out::Spend],
        main: Out::CostOfCustomer,
    },
    Calculator {
        id: CalculatorId::LtvCac,
        key: "ltv_cac",
        name: "LTV : CAC",
        purpose: "How many times does a customer bring back what they cost?",
        inputs: &[
            In::Investment,
            In::NewCustomers,
            In::Cac,
            In::Aov,
            In::Frequency,
            In::Lifespan,
            In::Margin,
            In::FixedCost,
            In::Churn,
        ],
        outputs: &[Out::LtvToCac, Out::Clv, Out::CostOfCustomer],
        main: Out::LtvToCac,
    },
    Calculator {
        id: CalculatorId::Payback,
        key: "payback",
        name: "Payback",
        purpose: "After how many months has a customer brought back what they cost?",
        inputs: &[
            In::Investment,
            In::NewCustomers,
            In::Cac,
            In::Aov,
            In::Frequency,
            In::Lifespan,
            In::Margin,
            In::FixedCost,
            In::Churn,
            In::DiscountRate,
        ],
        outputs: &[
            Out::PaybackMonth,
            Out::PaybackExact,
            Out::PaybackDiscounted,
            Out::CostOfCustomer,
            Out::MonthlyContribution,
        ],
        main: Out::PaybackMonth,
    },
    Calculator {
        id: CalculatorId::AdSpend,
        key: "roas",
        name: "ROAS and MER",
        purpose: "How much revenue comes in for each unit spent, at first and over time?",
        inputs: &[
            In::Investment,
            In::NewCustomers,
            In::Aov,
            In::Frequency,
            In::Lifespan,
            In::Revenue,
            In::FixedCost,
            In::Churn,
            In::Margin,
        ],
        outputs: &[Out::RoasLifetime, Out::RoasFirstMonth, Out::RoasFirstOrder, Out::Mer, Out::BreakEvenRoas],
        main: Out::RoasLifetime,
    },
    Calculator {
        id: CalculatorId::BreakEven,
        key: "break_even",
        name: "Break-even of marketing",
        purpose: "How many customers, at what cost, order value and margin, cover the spend?",
        inputs: &[
            In::Investment,
            In::NewCustomers,
            In::Aov,
            In::Frequency,
            In::Lifespan,
            In::Margin,
            In::FixedCost,
            In::Churn,
        ],
        outputs: &[
            Out::BreakEvenCustomers,
            Out::BreakEvenCustomersWhole,
            Out::BreakEvenCac,
            Out::BreakEvenAov,
            Out::BreakEvenMargin,
            Out::BreakEvenRoas,
        ],
        main: Out::BreakEvenCustomers,
    },
    Calculator {
        id: CalculatorId::Offer,
        key: "offer",
        name: "Break-even of an offer",
        purpose: "At what volume, price and discount does a product cover what is spent on it?",
        inputs: &[In::Price, In::UnitCost, In::Units, In::OfferDiscount, In::Investment, In::FixedCost],
        outputs: &[
            Out::UnitContribution,
            Out::BreakEvenUnits,
            Out::BreakEvenPrice,
            Out::BreakEvenDiscount,
            Out::UnitsNeeded,
            Out::UnitsMore,
        ],
        main: Out::BreakEvenUnits,
    },
    Calculator {
        id: CalculatorId::Contribution,
        key: "contribution",
        name: "Contribution margin",
        purpose: "What is left of an order after discounts, returns, goods, shipping and payment?",
        inputs: &[In::Basket, In::DiscountShare, In::ReturnRate, In::Margin, In::ShippingCost, In::FeeShare],
        outputs: &[
            Out::OrderContribution,
            Out::ContributionShare,
            Out::NetOrder,
            Out::DiscountAmount,
            Out::ReturnAmount,
            Out::GoodsCost,
            Out::FeeAmount,
        ],
        main: Out::OrderContribution,
    },
    Calculator {
        id: CalculatorId::Growth,
        key: "growth",
        name: "Repeat orders and growth",
        purpose: "What do second orders and a growing year bring?",
        inputs: &[In::Revenue, In::Growth, In::Margin, In::NewCustomers, In::RepeatRate, In::Aov],
        outputs: &[Out::NextYear, Out::GrowthContribution, Out::RepeatValue],
        main: Out::NextYear,
    },
    Calculator {
        id: CalculatorId::Email,
        key: "email",
        name: "Email programme",
        purpose: "What does a month of mailing bring, and does it pay for itself?",
        inputs: &[
            In::ListSize,
            In::Sends,
            In::OpenRate,
            In::ClickRate,
            In::EmailConversion,
            In::Aov,
            In::Margin,
            In::EmailCost,
        ],
        outputs: &[
            Out::EmailProfit,
            Out::EmailRoi,
            Out::EmailRevenue,
            Out::EmailContribution,
            Out::EmailOrders,
            Out::Clicks,
            Out::Messages,
            Out::RevenuePerMessage,
            Out::BreakEvenConversion,
        ],
        main: Out::EmailProfit,
    },
    Calculator {
        id: CalculatorId::AbTests,
        key: "ab_tests",
        name: "A/B test programme",
        purpose: "What does a year of tests bring, and does it pay for itself?",
        inputs: &[In::Tests, In::WinRate, In::Uplift, In::ExposedRevenue, In::Margin, In::TestCost],
        outputs: &[
            Out::TestsProfit,
            Out::TestsRoi,
            Out::Wins,
            Out::YearlyUplift,
            Out::FirstYearUplift,
            Out::TestsContribution,
            Out::TestsSpend,
            Out::BreakEvenUplift,
        ],
        main: Out::TestsProfit,
    },
    Calculator {
        id: CalculatorId::Technology,
        key: "technology",
        name: "Technology ROI",
        purpose: "Does the technology stack bring more than it costs?",
        inputs: &[In::TechnologyCost, In::TechnologyBenefit],
        outputs: &[Out::TechnologyRoi, Out::TechnologyRatio, Out::TechnologyProfit],
        main: Out::TechnologyRoi,
    },
];

impl CalculatorId {
    /// Its line in [`CALCULATORS`].
    pub fn get(self) -> &'static Calculator {
        // A test holds that the list is complete and in the order of the names.
        CALCULATORS.get(self as usize).unwrap_or(&CALCULATORS[0])
    }

    /// The one with a key or a name, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is = |one: &&Calculator| text.eq_ignore_ascii_case(one.key) || text.eq_ignore_ascii_case(one.name);
        CALCULATORS.iter().find(is).map(|one| one.id)
    }
}
