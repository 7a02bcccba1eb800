//! Why a row of an export is nobody, in words.

use super::layout::Layout;
use super::person::Contradiction;
use crate::columns::fold;
use crate::problem::{Explanation, RowProblem, quoted, unread};
use crate::sheet::Row;
use crate::value;

/// What stands in the last row of a list that counts itself.
const TOTALS: &[&str] = &[
    "total",
    "totals",
    "grandtotal",
    "totalusers",
    "totalcount",
    "sum",
    "subtotal",
    "count",
    "usercount",
    "overall",
    "numberofusers",
    "summe",
    "gesamt",
    "gesamtsumme",
    "insgesamt",
    "anzahl",
    "zwischensumme",
    "totale",
    "somme",
    "suma",
    "soma",
    "totaal",
    "aantal",
    "summa",
    "totalt",
    "antal",
    "antall",
    "ialt",
    "yhteensa",
    "razem",
    "celkem",
    "spolu",
    "osszesen",
    "toplam",
    "итого",
    "всего",
    "разом",
    "усього",
    "συνολο",
    "合計",
    "総計",
    "总计",
    "合计",
    "總計",
    "합계",
    // As spreadsheet programs write them below a table
    "ergebnis",
    "gesamtergebnis",
    "teilergebnis",
    "resultat",
    "soustotal",
    "totalgeneral",
    "totalecomplessivo",
    "eindtotaal",
    "totalsumma",
    "sumakoncowa",
    "sumacalkowita",
    "geneltoplam",
    "grandcount",
    "contagem",
    "recuento",
    "conteggio",
    "liczba",
    "итог",
    "общийитог",
    "סהכ",
    "الإجمالي",
    "集計",
    "汇总",
    "小计",
    "요약",
    "총합계",
];

/// Whether a row counts the others: a word for it, and no address where users have one.
pub(super) fn is_total(layout: &Layout, row: &Row) -> bool {
    if layout.emails.is_empty()
        || layout
            .emails
            .iter()
            .any(|column| !row.text(*column).is_empty())
    {
        return false;
    }
    let others = row.cells().filter(|cell| cell.column != layout.id);
    let mut words = others
        .filter(|cell| !cell.text.bytes().any(|it| it.is_ascii_digit()))
        .peekable();
    let is_word = |text: &str| text.len() <= 40 && TOTALS.contains(&fold(text).as_str());
    words.peek().is_some() && words.all(|cell| is_word(cell.text))
}

pub(super) fn total(layout: &Layout, row: &Row) -> RowProblem {
    let words = Explanation::new(
        "This row counts the others and is nobody.",
        "It has a word for a total and no e-mail address. The row was left out.",
        "Leave it. If it is a person, add their address in Greenhouse and export again.",
    );
    RowProblem::skipped(row.address(layout.id), row.number(), words)
}

pub(super) fn no_id(column: u16, row: &Row) -> RowProblem {
    let text = row.text(column);
    if let Some(why) = row.unread_in(column) {
        let words = unread(
            why,
            "Without a User ID nobody can be acted for. The row was left out.",
        );
        return RowProblem::skipped(row.address(column), row.number(), words);
    }
    let what = if text.is_empty() {
        "The User ID is empty.".to_owned()
    } else {
        format!("{} is not a User ID.", quoted(text))
    };
    let (why, now) = if value::is_shortened(text) {
        (
            "A spreadsheet program shortened the number, and its last digits are lost. The row was left out.",
            "Take the file as Greenhouse exported it, and hand it over without opening it.",
        )
    } else {
        (
            "A User ID is a whole number, and without it nobody can be acted for. The row was left out.",
            "Leave it, or correct the cell and hand the file over again.",
        )
    };
    RowProblem::skipped(
        row.address(column),
        row.number(),
        Explanation::new(what, why, now),
    )
}

/// Two columns are called *User ID*, and neither tells more than the other.
pub(super) fn two_ids(column: u16, rival: u16, row: &Row) -> RowProblem {
    let words = Explanation::new(
        format!(
            "There are two User IDs: {} and, in {}, {}.",
            quoted(row.text(column)),
            row.address(rival),
            quoted(row.text(rival))
        ),
        "Which of the two columns has the ids of Greenhouse cannot be told. The row was left out.",
        "Remove the column that is not from Greenhouse, or call the right one Greenhouse User ID, and hand the file over again.",
    );
    RowProblem::skipped(row.address(column), row.number(), words)
}

/// The row says the same as an earlier one.
pub(super) fn twin(column: u16, row: &Row, first: u32) -> RowProblem {
    let words = Explanation::new(
        format!(
            "The User ID {} is in row {first} as well.",
            quoted(row.text(column))
        ),
        "An id belongs to one person. The first row was taken.",
        "Check which of the two rows is right and remove the other.",
    );
    RowProblem::skipped(row.address(column), row.number(), words)
}

/// The row contradicts an earlier one with the same id.
pub(super) fn contradiction(column: u16, row: &Row, first: u32, how: Contradiction) -> RowProblem {
    let (tells, why) = match how {
        Contradiction::Person => (
            "for two names or addresses",
            "An id belongs to one person, and which one it is cannot be told. Neither row was taken.",
        ),
        Contradiction::State => (
            "and only one of them says that this person is deactivated",
            "Which of the two holds today cannot be told, and nothing can be sent for somebody who is deactivated. Neither row was taken.",
        ),
    };
    let words = Explanation::new(
        format!(
            "The User ID {} is in rows {first} and {}, {tells}.",
            quoted(row.text(column)),
            row.number()
        ),
        why,
        "Check in Greenhouse which of the two is right, remove the other row, and hand the file over again.",
    );
    RowProblem::skipped(row.address(column), row.number(), words)
}
