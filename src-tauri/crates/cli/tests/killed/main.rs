//! `kill -9` of the real program at any moment, again and again: the store stays sound, nothing that was acknowledged is
//! lost, and in the end everybody is in the practice Greenhouse exactly once, by the right hand.
//!
//! A few dozen kills by default; `cargo xtask kill 1000` does as many as are named. Moments are of two kinds: any, by
//! chance, and named ones: the practice Greenhouse cuts the line at each kind of write, before it is looked at or after it
//! took effect, and the program is killed there. So the program itself needs no hook for it.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    dead_code,
    reason = "what is shared by the tests is test as well, which clippy does not see"
)]

#[path = "../terminals/terminal.rs"]
mod terminal;
mod town;

use std::time::Duration;
use town::{Moment, Town};

/// How many kills there are unless `HEADHUNTR_KILLS` says otherwise.
const KILLS: u32 = 24;

#[test]
fn killed_at_any_moment_everybody_arrives_exactly_once() {
    let kills = wanted();
    let mut town = Town::open();
    // Shares of all kills: migration, then import, pull and push in turns.
    town.kill_while_opening_a_new_store(kills / 6);
    let mut named = (0..).flat_map(|nth| [Moment::BeforeWrite(nth), Moment::AfterWrite(nth)]);
    for round in 0..kills - kills / 6 {
        let by_chance = Moment::After(town.chance(400));
        match round % 5 {
            0 => town.kill_an_import(Moment::After(town.chance(120))),
            1 => town.kill(&["pull"], by_chance),
            2 => town.kill(&["pull", "--full"], by_chance),
            3 => town.kill(&["push"], named.next().unwrap_or(by_chance)),
            _ => town.kill(&["sync"], by_chance),
        }
        town.is_sound();
    }
    town.finish();
    town.everybody_is_there_once();
}

fn wanted() -> u32 {
    #[allow(clippy::disallowed_methods)] // How long a test is to take is said to it like this.
    let wanted = std::env::var("HEADHUNTR_KILLS").ok();
    wanted.and_then(|it| it.parse().ok()).unwrap_or(KILLS)
}

/// What is waited for is looked at this often.
const LOOK_EVERY: Duration = Duration::from_millis(3);
