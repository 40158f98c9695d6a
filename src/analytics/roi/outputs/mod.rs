//! Everything that calculators tell, a list per topic.

mod ab_tests;
mod break_even;
mod customer;
mod email;
mod line;
mod order;
mod returns;
mod technology;

use serde::{Deserialize, Serialize};

use super::Output;
use crate::model::metric::Better;

/// Names an output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is told by its line in the lists below")]
pub enum OutputId {
    Spend,
    ActiveMonths,
    MonthlyContribution,
    Clv,
    RevenueLtv,
    ClvDiscounted,
    ClvInfinite,
    ClvInfiniteDiscounted,
    ValueWon,
    NetProfit,
    Roi,
    Npv,
    RoiDiscounted,
    CostOfCustomer,
    LtvToCac,
    PaybackMonth,
    PaybackExact,
    PaybackDiscounted,
    RoasLifetime,
    RoasFirstMonth,
    RoasFirstOrder,
    Mer,
    BreakEvenCustomers,
    BreakEvenCustomersWhole,
    BreakEvenCac,
    BreakEvenAov,
    BreakEvenMargin,
    BreakEvenRoas,
    UnitContribution,
    BreakEvenUnits,
    BreakEvenPrice,
    BreakEvenDiscount,
    UnitsNeeded,
    UnitsMore,
    DiscountAmount,
    ReturnAmount,
    NetOrder,
    GoodsCost,
    FeeAmount,
    OrderContribution,
    ContributionShare,
    RepeatValue,
    NextYear,
    GrowthContribution,
    Messages,
    Clicks,
    EmailOrders,
    EmailRevenue,
    EmailContribution,
    EmailProfit,
    EmailRoi,
    RevenuePerMessage,
    BreakEvenConversion,
    Wins,
    YearlyUplift,
    FirstYearUplift,
    TestsContribution,
    TestsSpend,
    TestsProfit,
    TestsRoi,
    BreakEvenUplift,
    TechnologyProfit,
    TechnologyRatio,
    TechnologyRoi,
}

/// The lists, one per topic.
const LISTS: [&[Output]; 7] = [
    customer::OUTPUTS,
    returns::OUTPUTS,
    break_even::OUTPUTS,
    order::OUTPUTS,
    email::OUTPUTS,
    ab_tests::OUTPUTS,
    technology::OUTPUTS,
];

/// Every output.
pub fn outputs() -> impl Iterator<Item = &'static Output> {
    LISTS.into_iter().flatten()
}

impl OutputId {
    /// Its line.
    pub fn get(self) -> &'static Output {
        // A test holds that each has its line.
        outputs().find(|output| output.id == self).unwrap_or(&customer::OUTPUTS[0])
    }

    /// The one with a key or a name, in any letter case.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is = |one: &&Output| text.eq_ignore_ascii_case(one.key) || text.eq_ignore_ascii_case(one.name);
        outputs().find(is).map(|one| one.id)
    }
}
