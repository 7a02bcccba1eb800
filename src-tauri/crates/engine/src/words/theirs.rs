//! What Greenhouse's own trouble leads to, where more exact words can be said than those of its code.

use crate::error::Words;
use jiff::Timestamp;

/// A list's next page was to be read from another server: no address of ours is at fault.
pub(crate) fn led_elsewhere() -> Words {
    Words {
        title: "An answer of Greenhouse's leads to another server".to_owned(),
        why: "It says that a list goes on at an address that is not Greenhouse's. Nothing was sent there: secrets go nowhere else.".to_owned(),
        now: "Try again in a few minutes. If it stays so, something between this computer and Greenhouse changes its answers: ask whoever looks after the network.".to_owned(),
    }
}

/// Nothing could be done for people whose next try is yet to come.
pub(crate) fn put_off(people: u32, until: Timestamp) -> Words {
    let until = until.strftime("%Y-%m-%d %H:%M:%S UTC");
    Words {
        title: match people {
            1 => "Somebody waits to be tried again".to_owned(),
            n => format!("{n} people wait to be tried again"),
        },
        why: "Greenhouse had trouble when their turn came last, and is given time to recover."
            .to_owned(),
        now: format!("The next run after {until} tries again."),
    }
}
