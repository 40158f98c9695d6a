//! Sequences to begin with: the framework's three lifecycle sequences with its days and texts, and a trigger each for
//! the lines of its trigger table. That table leaves conditions, conversion and revenue open, so that hours and days of
//! triggers are ours, and what is expected of a message is left for the user to type.

use super::{Again, Channel, Check, Message, Offer, Percent, Sequence, Step, Trigger, Wait};
use crate::model::Rule;
use crate::model::rule::{FieldId, Test};

/// Days without an order after which somebody is won back.
const LAPSED_DAYS: u32 = 120;

const LIFECYCLE: &str = "The framework's lifecycle e-mail sequences: days and texts";
const TABLE: &str =
    "The framework's trigger table, which leaves time, conversion and revenue open: the times are a start";

/// Every template.
pub fn all() -> Vec<Sequence> {
    vec![
        onboarding(),
        retention(),
        win_back(),
        browse(),
        cart(),
        price_drop(),
        back_in_stock(),
        lapsed(),
        replenishment(),
    ]
}

/// The template of a name, in any letter case.
pub fn named(name: &str) -> Option<Sequence> {
    all().into_iter().find(|template| template.name.to_lowercase() == name.trim().to_lowercase())
}

fn mail(subject: &str, note: &str) -> Step {
    Step::Message(Message { subject: subject.into(), note: note.into(), ..Message::default() })
}

fn offer(percent: u32, step: Step) -> Step {
    match step {
        Step::Message(message) => {
            Step::Message(Message { offer: Some(Offer::Percent(Percent::whole(percent))), ..message })
        }
        other => other,
    }
}

fn wait(days: u32) -> Step {
    Step::Wait(Wait::days(days))
}

fn onboarding() -> Sequence {
    let steps = vec![
        offer(10, mail("Welcome", "Welcome with a discount on the next purchase")),
        wait(3),
        mail("How to care for it", "Product care guide and usage tips"),
        wait(2),
        mail("What do you think of it?", "Request for a review, and what others say"),
        wait(2),
        mail("Goes well with it", "Cross-sell recommendations"),
        wait(3),
        mail("We are here to help", "How to reach customer support"),
    ];
    // A second purchase is what onboarding is for, no reason to stop the care guide.
    let exits = vec![super::Exit::Unsubscribed];
    Sequence {
        exits,
        priority: 60,
        source: LIFECYCLE.into(),
        ..Sequence::new("Onboarding", Trigger::FirstOrder, steps)
    }
}

fn retention() -> Sequence {
    let steps = vec![
        wait(30),
        mail("Picked for you", "Personal product recommendations"),
        wait(30),
        mail("Your benefits", "Reminder of what members have"),
    ];
    Sequence {
        exits: vec![super::Exit::Unsubscribed],
        again: Again::AfterDays(60),
        priority: 20,
        source: LIFECYCLE.into(),
        // As long as somebody is no case for winning back.
        audience: Some(Rule::is(FieldId::LastOrder, Test::WithinDays(LAPSED_DAYS))),
        ..Sequence::new("Repeat retention", Trigger::Regularly { n: 2, days: 61 }, steps)
    }
}

fn win_back() -> Sequence {
    let steps = vec![
        offer(15, mail("We miss you", "With a special discount")),
        wait(5),
        offer(15, mail("Last chance", "The offer for the last time")),
    ];
    Sequence {
        again: Again::AfterDays(180),
        priority: 50,
        source: LIFECYCLE.into(),
        ..Sequence::new("At-risk win-back", Trigger::NoOrder { days: LAPSED_DAYS }, steps)
    }
}

fn browse() -> Sequence {
    let steps = vec![mail("Still looking?", "The products that were looked at")];
    Sequence {
        again: Again::AfterDays(14),
        priority: 40,
        source: TABLE.into(),
        ..Sequence::new("Browse abandonment", Trigger::BrowseAbandoned { hours: 24 }, steps)
    }
}

fn cart() -> Sequence {
    let steps = vec![
        mail("You left something", "What lies in the cart"),
        wait(1),
        Step::OnlyIf(Check::NotBought),
        mail("Your cart is waiting", "The cart once more, with answers to common questions"),
    ];
    Sequence {
        again: Again::AfterDays(7),
        priority: 90,
        source: TABLE.into(),
        ..Sequence::new("Cart abandonment", Trigger::CartAbandoned { hours: 4 }, steps)
    }
}

fn price_drop() -> Sequence {
    let trigger = Trigger::PriceDrop { percent: Percent::whole(10), interest_days: 60 };
    let steps = vec![mail("Now for less", "The product at its new price")];
    Sequence {
        again: Again::AfterDays(14),
        priority: 70,
        source: TABLE.into(),
        ..Sequence::new("Price drop", trigger, steps)
    }
}

fn back_in_stock() -> Sequence {
    let steps = vec![mail("It is back", "The product is in stock again")];
    Sequence {
        again: Again::AfterDays(7),
        priority: 80,
        source: TABLE.into(),
        ..Sequence::new("Back in stock", Trigger::BackInStock { interest_days: 60 }, steps)
    }
}

fn lapsed() -> Sequence {
    let sms = Message {
        subject: "Shall we stay in touch?".into(),
        channel: Channel::Sms,
        note: "Asks whether to go on writing".into(),
        ..Message::default()
    };
    let steps = vec![mail("It has been a while", "What is new since the last order"), wait(14), Step::Message(sms)];
    Sequence {
        again: Again::AfterDays(365),
        priority: 10,
        source: TABLE.into(),
        ..Sequence::new("Win-back", Trigger::NoOrder { days: 365 }, steps)
    }
}

fn replenishment() -> Sequence {
    let steps = vec![mail("Time for more?", "The product that should be used up by now")];
    Sequence {
        again: Again::AfterDays(30),
        priority: 30,
        source: TABLE.into(),
        ..Sequence::new("Replenishment", Trigger::Replenishment { repeats: 20 }, steps)
    }
}
