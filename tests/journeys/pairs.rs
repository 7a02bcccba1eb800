//! Rows in which every pair of choices comes up: far fewer than all combinations, and where two choices do not get
//! along, one of the rows shows it.

use std::collections::BTreeSet;

/// A choice: the place of a factor, and the place of one of its levels.
type Choice = (usize, usize);

/// Returns rows with one level for each factor, in which every pair of levels of two factors comes up at least once.
pub fn rows(levels: &[usize]) -> Vec<Vec<usize>> {
    let mut open = all_pairs(levels);
    let mut rows = Vec::new();
    while let Some((one, other)) = open.first().copied() {
        let mut row = vec![None; levels.len()];
        row[one.0] = Some(one.1);
        row[other.0] = Some(other.1);
        for (factor, count) in levels.iter().enumerate() {
            if row[factor].is_none() {
                row[factor] = Some(best(&row, factor, *count, &open));
            }
        }
        let row: Vec<usize> = row.into_iter().flatten().collect();
        open.retain(|(one, other)| row[one.0] != one.1 || row[other.0] != other.1);
        rows.push(row);
    }
    rows
}

fn all_pairs(levels: &[usize]) -> BTreeSet<(Choice, Choice)> {
    let mut pairs = BTreeSet::new();
    for (one, count) in levels.iter().enumerate() {
        for (other, others) in levels.iter().enumerate().skip(one + 1) {
            for a in 0..*count {
                pairs.extend((0..*others).map(|b| ((one, a), (other, b))));
            }
        }
    }
    pairs
}

/// Returns the level that closes most pairs with what the row has so far.
fn best(
    row: &[Option<usize>],
    factor: usize,
    levels: usize,
    open: &BTreeSet<(Choice, Choice)>,
) -> usize {
    let closes = |level: usize| {
        let taken = row
            .iter()
            .enumerate()
            .filter_map(|(at, it)| Some((at, (*it)?)));
        let pair = |it: Choice| (it.min((factor, level)), it.max((factor, level)));
        taken.filter(|it| open.contains(&pair(*it))).count()
    };
    (0..levels)
        .max_by_key(|level| (closes(*level), usize::MAX - level))
        .unwrap()
}

#[test]
fn every_pair_comes_up_in_few_rows() {
    let levels = [4, 3, 2, 5, 2, 3, 5, 2];
    let rows = rows(&levels);
    let missing = all_pairs(&levels)
        .into_iter()
        .filter(|(one, other)| {
            !rows
                .iter()
                .any(|row| row[one.0] == one.1 && row[other.0] == other.1)
        })
        .count();
    assert_eq!(missing, 0, "every pair comes up");
    assert!(
        rows.len() < 45,
        "{} rows instead of 14,400 combinations",
        rows.len()
    );
}
