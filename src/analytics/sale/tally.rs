//! Sums over baskets.

use super::basket::Basket;
use super::give::{Given, Work};
use super::offer::{Offer, Standing};
use crate::analytics::costs::speak_for_all;
use crate::analytics::revenue::divide_rounded;
use crate::model::SalePlan;

/// Steps of the picture of those below a threshold: each is 5 % of it.
pub const BELOW: usize = 20;
/// Bars of the picture of all baskets: the dearest threshold stands in the middle.
const BARS: i64 = 40;

/// What some baskets come to, minor units of the shop's currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Baskets.
    pub baskets: u64,
    /// Baskets that anything is given to.
    pub served: u64,
    /// Goods at the price before discounts.
    pub goods: i64,
    /// Off the goods.
    pub discount: i64,
    /// Shipping that the shop pays.
    pub shipping: i64,
    /// Cost of gifts.
    pub gifts: i64,
    /// What the goods cost, of baskets where that is known.
    pub cost: i64,
    /// Goods of baskets whose cost is not known.
    pub uncosted: i64,
}

impl Outcome {
    /// Everything that is given away.
    pub fn given(&self) -> i64 {
        self.discount + self.shipping + self.gifts
    }

    /// What buyers pay for goods.
    pub fn revenue(&self) -> i64 {
        self.goods - self.discount
    }

    /// What is left of it after the cost of goods, shipping given away and gifts. What buyers pay for shipping is taken
    /// to cost as much. `None` where the cost of too many goods is not known.
    pub fn margin(&self) -> Option<i64> {
        Some(self.margin_of_goods()? - self.shipping - self.gifts)
    }

    /// What is left of it after the cost of goods alone; goods of known cost speak for the others.
    pub fn margin_of_goods(&self) -> Option<i64> {
        let costed = self.goods - self.uncosted;
        let cost = match self.uncosted {
            0 => self.cost,
            _ if speak_for_all(costed, self.goods) => {
                let whole = i128::from(self.cost) * i128::from(self.goods);
                i64::try_from(divide_rounded(whole, costed.into())).ok()?
            }
            _ => return None,
        };
        Some(self.revenue() - cost)
    }

    fn add(&mut self, basket: &Basket, given: &[Given]) {
        self.baskets += 1;
        self.served += u64::from(!given.is_empty());
        self.goods += basket.goods;
        for one in given {
            self.discount += one.discount;
            self.shipping += one.shipping;
            self.gifts += one.gift;
        }
        match basket.cost {
            Some(cost) => self.cost += cost,
            None => self.uncosted += basket.goods,
        }
    }

    fn join(&mut self, other: &Self) {
        self.baskets += other.baskets;
        self.served += other.served;
        self.goods += other.goods;
        self.discount += other.discount;
        self.shipping += other.shipping;
        self.gifts += other.gifts;
        self.cost += other.cost;
        self.uncosted += other.uncosted;
    }
}

/// What becomes of one tier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TierOutcome {
    /// Baskets that meet its conditions.
    pub qualifies: u64,
    /// Baskets it is applied to.
    pub applied: u64,
    /// Baskets that get something else instead.
    pub overshadowed: u64,
    /// Baskets that come when nothing is left of it.
    pub used_up: u64,
    /// Baskets that miss at most the share of the threshold that is called near, and nothing else.
    pub near: u64,
    /// What these miss together.
    pub near_missing: i64,
    /// Baskets below the threshold that miss nothing else, by how much of it they miss: up to 5 %, up to 10 % …
    pub below: [u64; BELOW],
    /// Off the goods.
    pub discount: i64,
    /// Shipping that the shop pays.
    pub shipping: i64,
    /// Cost of gifts.
    pub gifts: i64,
    /// Thousandths of a unit it was given on.
    pub milli: i64,
    /// Given to buyers who paid the full price.
    pub to_full_price: i64,
    /// The baskets it was applied to, with everything they are given.
    pub baskets: Outcome,
}

impl TierOutcome {
    /// Everything this tier gives away.
    pub fn given(&self) -> i64 {
        self.discount + self.shipping + self.gifts
    }

    fn join(&mut self, other: &Self) {
        self.qualifies += other.qualifies;
        self.applied += other.applied;
        self.overshadowed += other.overshadowed;
        self.used_up += other.used_up;
        self.near += other.near;
        self.near_missing += other.near_missing;
        self.below.iter_mut().zip(other.below).for_each(|(sum, n)| *sum += n);
        self.discount += other.discount;
        self.shipping += other.shipping;
        self.gifts += other.gifts;
        self.milli += other.milli;
        self.to_full_price += other.to_full_price;
        self.baskets.join(&other.baskets);
    }
}

/// What the baskets really were.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Were {
    /// Baskets that paid the full price.
    pub full_price: u64,
    /// Their goods.
    pub full_price_goods: i64,
    /// Baskets that had a discount.
    pub discounted: u64,
    /// Their goods, before it.
    pub discounted_goods: i64,
    /// The discounts they had.
    pub had: i64,
    /// Baskets that paid shipping, or are taken to.
    pub with_shipping: u64,
    /// Shipping of all of them.
    pub shipping: i64,
    /// Baskets of buyers nobody knows.
    pub unidentified: u64,
    /// Baskets whose order tells no lines.
    pub lineless: u64,
    /// Goods whose cost is that of their product.
    pub costed: i64,
    /// Goods given away to buyers who paid the full price, with shipping and gifts.
    pub to_full_price: i64,
}

impl Were {
    fn join(&mut self, other: &Self) {
        self.full_price += other.full_price;
        self.full_price_goods += other.full_price_goods;
        self.discounted += other.discounted;
        self.discounted_goods += other.discounted_goods;
        self.had += other.had;
        self.with_shipping += other.with_shipping;
        self.shipping += other.shipping;
        self.unidentified += other.unidentified;
        self.lineless += other.lineless;
        self.costed += other.costed;
        self.to_full_price += other.to_full_price;
    }
}

/// Baskets of one bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bar {
    /// Something applies, and no threshold is near.
    pub served: u64,
    /// A threshold is near.
    pub near: u64,
    /// Neither.
    pub other: u64,
}

/// Baskets by the price of what is in the sale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distribution {
    /// Width of a bar, minor units; 0 when no tier has a threshold.
    pub step: i64,
    /// Bars from 0 on; the last one holds everything above, too.
    pub bars: Vec<Bar>,
}

impl Distribution {
    fn of(plan: &SalePlan) -> Self {
        let highest = plan.tiers.iter().filter_map(|tier| tier.when.from).map(|from| from.minor).max().unwrap_or(0);
        if highest == 0 {
            return Self::default();
        }
        let least = (highest * 2).div_euclid(BARS).max(1);
        let step = (0..18)
            .flat_map(|power| [1, 2, 5].map(|digit| digit * 10_i64.pow(power)))
            .find(|step| *step >= least)
            .unwrap_or(least);
        Self { step, bars: vec![Bar::default(); (highest * 2).div_euclid(step) as usize + 1] }
    }

    fn add(&mut self, open: i64, near: bool, served: bool) {
        if let Some(last) = self.bars.len().checked_sub(1) {
            let bar = &mut self.bars[((open / self.step) as usize).min(last)];
            match (near, served) {
                (true, _) => bar.near += 1,
                (false, true) => bar.served += 1,
                (false, false) => bar.other += 1,
            }
        }
    }
}

/// All sums of a replay.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// By tier, in the order of [`Offer::terms`].
    pub tiers: Vec<TierOutcome>,
    /// Nobody changes.
    pub nobody: Outcome,
    /// Every near basket buys what is missing, for a tier that then applies.
    pub topped_up: Outcome,
    /// How many baskets those are.
    pub near: u64,
    /// What they add.
    pub added: i64,
    pub were: Were,
    pub distribution: Distribution,
}

impl Tally {
    pub fn new(plan: &SalePlan, offer: &Offer) -> Self {
        Self {
            tiers: vec![TierOutcome::default(); offer.terms.len()],
            distribution: Distribution::of(plan),
            ..Self::default()
        }
    }

    /// Adds a basket with what was decided when nobody changes; gives the nearest tier within reach, what is missing to
    /// it and to the item that could be bought more of.
    pub fn add(&mut self, offer: &Offer, basket: &Basket, identified: bool, work: &Work) -> Option<(usize, i64)> {
        self.nobody.add(basket, &work.given);
        let given: i64 = work.given.iter().map(Given::total).sum();
        let full_price = basket.had <= 0;
        self.add_were(basket, full_price, identified, given);
        let mut nearest: Option<(usize, i64)> = None;
        for (at, standing) in work.standings.iter().enumerate() {
            let sums = &mut self.tiers[at];
            match *standing {
                Standing::Qualifies => {
                    sums.qualifies += 1;
                    sums.overshadowed += 1;
                }
                Standing::UsedUp => {
                    sums.qualifies += 1;
                    sums.used_up += 1;
                }
                Standing::Missing { value, milli: 0 } => {
                    let terms = &offer.terms[at];
                    let step = (value * BELOW as i64 - 1) / terms.from.max(1);
                    sums.below[(step as usize).min(BELOW - 1)] += 1;
                    if value <= terms.near {
                        sums.near += 1;
                        sums.near_missing += value;
                        if nearest.is_none_or(|(_, least)| value < least) {
                            nearest = Some((at, value));
                        }
                    }
                }
                _ => {}
            }
        }
        for one in &work.given {
            let sums = &mut self.tiers[one.terms];
            sums.applied += 1;
            sums.overshadowed -= 1;
            sums.discount += one.discount;
            sums.shipping += one.shipping;
            sums.gifts += one.gift;
            sums.milli += one.milli;
            sums.to_full_price += if full_price { one.total() } else { 0 };
            sums.baskets.add(basket, &work.given);
        }
        self.distribution.add(basket.open, nearest.is_some(), !work.given.is_empty());
        nearest
    }

    /// Adds a basket to those of which every near one buys more.
    pub fn add_topped_up(&mut self, basket: &Basket, given: &[Given], added: i64) {
        self.topped_up.add(basket, given);
        self.near += u64::from(added > 0);
        self.added += added;
    }

    fn add_were(&mut self, basket: &Basket, full_price: bool, identified: bool, given: i64) {
        let were = &mut self.were;
        if full_price {
            were.full_price += 1;
            were.full_price_goods += basket.goods;
            were.to_full_price += given;
        } else {
            were.discounted += 1;
            were.discounted_goods += basket.goods;
            were.had += basket.had;
        }
        were.with_shipping += u64::from(basket.shipping > 0);
        were.shipping += basket.shipping;
        were.unidentified += u64::from(!identified);
        were.lineless += u64::from(basket.lineless);
        were.costed += basket.costed;
    }

    /// Adds the sums of other baskets of the same replay.
    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        self.tiers.iter_mut().zip(&other.tiers).for_each(|(sum, tier)| sum.join(tier));
        self.nobody.join(&other.nobody);
        self.topped_up.join(&other.topped_up);
        self.near += other.near;
        self.added += other.added;
        self.were.join(&other.were);
        for (sum, bar) in self.distribution.bars.iter_mut().zip(&other.distribution.bars) {
            sum.served += bar.served;
            sum.near += bar.near;
            sum.other += bar.other;
        }
        self
    }
}
