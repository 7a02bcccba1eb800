//! What Greenhouse's own trouble leads to, where more exact words can be said than those of its code.

use crate::error::Words;

/// A list's next page was to be read from another server: no address of ours is at fault.
pub(crate) fn led_elsewhere() -> Words {
    Words {
        title: "An answer of Greenhouse's leads to another server".to_owned(),
        why: "It says that a list goes on at an address that is not Greenhouse's. Nothing was sent there: secrets go nowhere else.".to_owned(),
        now: "Try again in a few minutes. If it stays so, something between this computer and Greenhouse changes its answers: ask whoever looks after the network.".to_owned(),
    }
}
