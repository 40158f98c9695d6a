//! The three models of buying until an unseen end, and their parameters under the letters of their papers.

use serde::{Deserialize, Serialize};

use super::sample::{History, Sample};
use super::{bg_nbd, mbg_nbd, pareto_nbd};

/// A model of how often people buy and when they stop.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Model {
    /// BG/NBD: people may stop after each repeat order.
    #[default]
    BgNbd,
    /// Modified BG/NBD: people may stop after each order, the first one too.
    MbgNbd,
    /// Pareto/NBD: people may stop at any moment.
    ParetoNbd,
}

impl Model {
    /// All models.
    pub const ALL: [Self; 3] = [Self::BgNbd, Self::MbgNbd, Self::ParetoNbd];

    /// Name for people.
    pub fn name(self) -> &'static str {
        match self {
            Self::BgNbd => "BG/NBD",
            Self::MbgNbd => "Modified BG/NBD",
            Self::ParetoNbd => "Pareto/NBD",
        }
    }

    /// Name on the command line and in JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::BgNbd => "bg-nbd",
            Self::MbgNbd => "mbg-nbd",
            Self::ParetoNbd => "pareto-nbd",
        }
    }

    /// What the model assumes, in a sentence without a full stop.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::BgNbd => {
                "Everybody buys at a steady rate of their own and may stop after each repeat order; who bought once counts as a customer"
            }
            Self::MbgNbd => {
                "Everybody buys at a steady rate of their own and may stop after each order, the first one too"
            }
            Self::ParetoNbd => "Everybody buys at a steady rate of their own and may stop at any moment",
        }
    }

    /// The paper that the formulas are from.
    pub fn source(self) -> &'static str {
        match self {
            Self::BgNbd => "Fader, Hardie and Lee (2005), Marketing Science 24(2)",
            Self::MbgNbd => {
                "Batislam, Denizel and Filiztekin (2007), International Journal of Research in Marketing 24(3)"
            }
            Self::ParetoNbd => "Schmittlein, Morrison and Colombo (1987), Management Science 33(1)",
        }
    }

    /// The letters of the parameters in the papers.
    pub fn letters(self) -> [&'static str; 4] {
        match self {
            Self::BgNbd | Self::MbgNbd => ["r", "alpha", "a", "b"],
            Self::ParetoNbd => ["r", "alpha", "s", "beta"],
        }
    }

    /// Which parameters are times: they change with the unit of time.
    pub fn is_time(self) -> [bool; 4] {
        [false, true, false, self == Self::ParetoNbd]
    }

    /// What each parameter tells, in words.
    pub fn meanings(self) -> [&'static str; 4] {
        let [rate, time] = ["Likeness in how often they buy", "Mean rate of orders: r ÷ alpha"];
        match self {
            Self::BgNbd | Self::MbgNbd => {
                [rate, time, "Mean chance to stop: a ÷ (a + b)", "With a, likeness in when they stop"]
            }
            Self::ParetoNbd => [rate, time, "Likeness in how long they stay", "Mean rate of leaving: s ÷ beta"],
        }
    }
}

/// A model with its parameters, in the order of [`Model::letters`]. Times are in any one unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Params {
    /// The model.
    pub model: Model,
    /// Its parameters, all positive.
    pub values: [f64; 4],
}

impl Params {
    /// Logarithm of the likelihood of a sample whose ticks last `tick` units of time, and its gradient by parameter.
    pub fn log_likelihood(&self, sample: &Sample, tick: f64) -> (f64, [f64; 4]) {
        match self.model {
            Model::BgNbd => bg_nbd::log_likelihood(&self.values, bg_nbd::FIRST_KEEPS, sample, tick),
            Model::MbgNbd => mbg_nbd::log_likelihood(&self.values, sample, tick),
            Model::ParetoNbd => pareto_nbd::log_likelihood(&self.values, sample, tick),
        }
    }

    /// Probability that a buyer is still a customer.
    pub fn p_alive(&self, h: &History) -> f64 {
        match self.model {
            Model::BgNbd => bg_nbd::p_alive(&self.values, bg_nbd::FIRST_KEEPS, h),
            Model::MbgNbd => mbg_nbd::p_alive(&self.values, h),
            Model::ParetoNbd => pareto_nbd::p_alive(&self.values, h),
        }
    }

    /// Expected orders in the next `horizon`, were the buyer surely still a customer. Depends on `x` and `t` only.
    pub fn orders_if_alive(&self, h: &History, horizon: f64) -> f64 {
        match self.model {
            Model::BgNbd => bg_nbd::orders_if_alive(&self.values, bg_nbd::FIRST_KEEPS, h, horizon),
            Model::MbgNbd => mbg_nbd::orders_if_alive(&self.values, h, horizon),
            Model::ParetoNbd => pareto_nbd::orders_if_alive(&self.values, h, horizon),
        }
    }

    /// Expected orders in the next `horizon`.
    pub fn expected_orders(&self, h: &History, horizon: f64) -> f64 {
        self.p_alive(h) * self.orders_if_alive(h, horizon)
    }

    /// Mean square of the orders in the next `horizon`, were the buyer surely still a customer.
    pub fn square_if_alive(&self, h: &History, horizon: f64) -> f64 {
        match self.model {
            Model::BgNbd => bg_nbd::square_if_alive(&self.values, bg_nbd::FIRST_KEEPS, h, horizon),
            Model::MbgNbd => mbg_nbd::square_if_alive(&self.values, h, horizon),
            Model::ParetoNbd => pareto_nbd::square_if_alive(&self.values, h, horizon),
        }
    }

    /// Probability of more than `n` orders in the next `horizon`, for n = 0, 1, … until it is under `least`.
    pub fn more_than(&self, h: &History, horizon: f64, least: f64) -> Vec<f64> {
        let alive = self.p_alive(h);
        let mut chances = match self.model {
            Model::BgNbd => bg_nbd::more_than(&self.values, bg_nbd::FIRST_KEEPS, h, horizon, least),
            Model::MbgNbd => mbg_nbd::more_than(&self.values, h, horizon, least),
            Model::ParetoNbd => pareto_nbd::more_than(&self.values, h, horizon, least),
        };
        chances.iter_mut().for_each(|chance| *chance *= alive);
        chances
    }

    /// Time until the next order of somebody who stays a customer; a `share` of such people have ordered by then.
    ///
    /// The rate of a customer is Gamma(r + x, alpha + T) distributed in all three models, so this time is
    /// Pareto-II distributed.
    pub fn next_order(&self, h: &History, share: f64) -> f64 {
        let [r, alpha, ..] = self.values;
        (alpha + h.t) * (-(-share).ln_1p() / (r + h.x)).exp_m1()
    }

    /// Expected orders of a new customer in the first `horizon` after the first order.
    pub fn orders_of_new(&self, horizon: f64) -> f64 {
        self.expected_orders(&History { x: 0.0, tx: 0.0, t: 0.0 }, horizon)
    }
}
