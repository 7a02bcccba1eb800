//! Dice that fall the same way for the same seed, so that what chance broke can be broken again.

use crate::world::base::spread;

/// Dice with the number of throws so far.
#[derive(Debug, Clone)]
pub(crate) struct Dice {
    seed: u64,
    throws: u64,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed, throws: 0 }
    }

    /// Returns a number from 0 up to, and without, 1.
    pub(crate) fn throw(&mut self) -> f64 {
        self.throws += 1;
        let bits = spread(self.seed ^ spread(self.throws));
        // The upper half is enough for a probability, and fits a float without loss.
        let upper = u32::try_from(bits >> 32).unwrap_or(u32::MAX);
        f64::from(upper) / (f64::from(u32::MAX) + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dice_are_fair_and_can_be_thrown_again() {
        let thrown = |seed| -> Vec<f64> {
            let mut dice = Dice::new(seed);
            (0..10_000).map(|_| dice.throw()).collect()
        };
        assert_eq!(thrown(1), thrown(1), "the same seed, the same dice");
        assert_ne!(thrown(1), thrown(2), "another seed, other dice");
        let low = thrown(7).into_iter().filter(|it| *it < 0.3).count();
        assert!(
            (2_800..3_200).contains(&low),
            "{low} of 10,000 are below 0.3"
        );
    }
}
