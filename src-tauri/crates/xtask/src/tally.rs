//! Counting what the test runners report: cargo's test binaries and Vitest.

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Those that passed.
    pub passed: u32,
    /// Those that failed.
    pub failed: u32,
}

impl Tally {
    /// Takes a line of a runner's output into account, if it is a summary.
    pub fn read(&mut self, line: &str) {
        let line = without_colours(line);
        let line = line.trim();
        // cargo: "test result: ok. 5 passed; 0 failed; 0 ignored; …"; Vitest: "Tests  1 failed | 12 passed (13)"
        let counts = line
            .strip_prefix("test result:")
            .or_else(|| line.strip_prefix("Tests "));
        if let Some(counts) = counts {
            self.passed += number_before(counts, "passed");
            self.failed += number_before(counts, "failed");
        }
    }

    /// Adds another tally.
    pub fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

fn number_before(text: &str, word: &str) -> u32 {
    let words: Vec<&str> = text.split_whitespace().collect();
    let pair = words
        .windows(2)
        .find(|pair| pair.last().is_some_and(|w| w.trim_end_matches(';') == word));
    pair.and_then(|pair| pair.first()?.parse().ok())
        .unwrap_or(0)
}

/// Drops terminal colours: an escape, a bracket, and all up to the letter that ends it.
fn without_colours(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        if letter == '\u{1b}' {
            letters.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(letter);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], passed: u32, failed: u32) {
        let mut tally = Tally::default();
        lines.iter().for_each(|line| tally.read(line));
        assert_eq!(tally, Tally { passed, failed }, "counted from {lines:?}");
    }

    #[test]
    fn cargo_summaries_add_up() {
        check(
            &[
                "running 7 tests",
                "test result: ok. 7 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s",
                "test result: FAILED. 2 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 2s",
            ],
            9,
            3,
        );
    }

    #[test]
    fn vitest_summaries_are_read_in_colour() {
        check(
            &[
                "\u{1b}[2m      Tests \u{1b}[22m \u{1b}[31m1 failed\u{1b}[39m | \u{1b}[32m12 passed\u{1b}[39m (13)",
            ],
            12,
            1,
        );
        check(
            &[" Test Files  3 passed (3)", "      Tests  40 passed (40)"],
            40,
            0,
        );
    }

    #[test]
    fn a_test_that_speaks_of_tests_is_not_counted() {
        check(
            &["test tests::three_passed ... ok", "The result: 5 passed"],
            0,
            0,
        );
    }
}
