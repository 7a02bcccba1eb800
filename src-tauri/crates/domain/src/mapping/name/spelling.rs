//! The letters of a word, quick to compare.

use crate::mapping::fnv;
use std::ops::Deref;

/// A word in plain letters, or by its sound. Most words that differ are told apart by two numbers, without a look at
/// their letters: a large company has hundreds of thousands of pairs to compare.
#[derive(Debug, Clone, Default)]
pub(in crate::mapping) struct Spelling {
    text: String,
    hash: u64,
    /// A bit for each letter that occurs.
    letters: u32,
}

impl Spelling {
    pub fn new(text: String) -> Self {
        let mut hash = fnv::BEGIN;
        let mut letters = 0;
        for byte in text.bytes() {
            hash = fnv::mixed(hash, byte);
            letters |= 1 << (byte & 31);
        }
        Self {
            text,
            hash,
            letters,
        }
    }

    /// Returns a number that other words seldom have, and never nothing.
    pub const fn number(&self) -> u32 {
        (self.hash >> 32) as u32 | 1
    }

    /// Returns a bit for each letter that occurs.
    pub const fn letters(&self) -> u32 {
        self.letters
    }

    /// Returns whether more letters than so many must be changed to make one word of the other, as far as that is seen
    /// at once: each change takes one letter away at the most and brings one.
    pub const fn is_far_from(&self, other: &Self, changes: u32) -> bool {
        are_far(self.letters, other.letters, changes)
    }
}

/// Returns whether words of these letters are farther apart than so many changes.
pub(super) const fn are_far(one: u32, other: u32, changes: u32) -> bool {
    (one ^ other).count_ones() > 2 * changes
}

impl PartialEq for Spelling {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.text == other.text
    }
}

impl Deref for Spelling {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_a_letter_apart_are_never_far() {
        let spelling = |text: &str| Spelling::new(text.to_owned());
        for (one, other) in [
            ("meyers", "meyer"),
            ("catherine", "katherine"),
            ("sandra", "snadra"),
            ("12345", "1234"),
        ] {
            assert!(
                !spelling(one).is_far_from(&spelling(other), 1),
                "{one} and {other}"
            );
        }
        assert!(
            spelling("william").is_far_from(&spelling("robert"), 2),
            "but others are, at a glance"
        );
        assert_eq!(
            spelling("ana"),
            spelling("ana"),
            "the same letters are the same"
        );
        assert_ne!(spelling("ana"), spelling("naa"), "in the same order");
    }
}
