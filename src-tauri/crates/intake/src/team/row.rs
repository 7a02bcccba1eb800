//! One row of a team list as somebody of the team: by its header, or by what its cells look like.

use super::{TeamColumn, TeamMember};
use crate::columns::{Header, single_line, whole_name};
use crate::sheet::{self, Row};
use crate::value;
use domain::mapping::folded_email;

/// Why a row is nobody's.
pub(super) enum Unread<'a> {
    NoAddress,
    SeveralAddresses,
    /// What stands where an ATS id is expected, and can be none.
    NoId(&'a str),
    /// A cell that decides who this is holds something without a text: its column, and why.
    CannotBeRead(u16, sheet::Unread),
}

/// Reads a row by its header.
pub(super) fn by_header<'a>(
    row: &'a Row,
    header: &Header<TeamColumn>,
) -> Result<TeamMember, Unread<'a>> {
    let decide = [
        TeamColumn::Email,
        TeamColumn::AtsId,
        TeamColumn::HeadhuntrId,
    ];
    let mut decide = decide.into_iter().filter_map(|it| header.index_of(it));
    let unread = |column| row.unread_in(column).map(|why| (column, why));
    if let Some((column, why)) = decide.find_map(unread) {
        return Err(Unread::CannotBeRead(column, why));
    }
    let text = |meaning| header.index_of(meaning).map_or("", |index| row.text(index));
    let address = text(TeamColumn::Email);
    let email = one_address([address])?;
    let id = text(TeamColumn::AtsId);
    let ats_id = value::user_id(id);
    if ats_id.is_none() && !id.is_empty() {
        return Err(Unread::NoId(id));
    }
    let parts = [
        TeamColumn::Name,
        TeamColumn::FirstName,
        TeamColumn::LastName,
    ];
    let [name, first, last] = parts.map(|part| single_line(text(part)));
    let name = Some(whole_name(&name, &first, &last)).filter(|name| !name.is_empty());
    let name = name.or_else(|| name_before(address));
    Ok(TeamMember {
        name: name.unwrap_or_else(|| email.clone()),
        headhuntr_id: Some(text(TeamColumn::HeadhuntrId).to_owned()).filter(|id| !id.is_empty()),
        ats_id,
        email,
        row: row.number(),
    })
}

/// Reads a row by what its cells look like.
pub(super) fn by_shape(row: &Row) -> Result<TeamMember, Unread<'_>> {
    let email = one_address(row.cells().map(|cell| cell.text))?;
    let has_address = |text: &str| one_address([text]).is_ok();
    let cells = row.cells().map(|cell| cell.text);
    let (addresses, others): (Vec<&str>, Vec<&str>) = cells.partition(|text| has_address(text));
    let (numbers, texts): (Vec<&str>, Vec<&str>) = others
        .into_iter()
        .partition(|text| value::user_id(text).is_some());
    if numbers.is_empty()
        && let Some(text) = texts.iter().find(|text| is_mistyped(text))
    {
        return Err(Unread::NoId(text));
    }
    let has_digit = |text: &&&str| text.bytes().any(|byte| byte.is_ascii_digit());
    let name = texts.iter().find(|text| !has_digit(text));
    let name = name.or(texts.first());
    // The last number is the ATS id: what stands before it is an id of ours, and so is a word with a number in it.
    let mut numbers = numbers.into_iter().rev();
    let ats_id = numbers.next().and_then(value::user_id);
    let coded = texts
        .iter()
        .find(|text| has_digit(text) && Some(*text) != name);
    Ok(TeamMember {
        name: name
            .map(|text| single_line(text))
            .or_else(|| addresses.into_iter().find_map(name_before))
            .unwrap_or_else(|| email.clone()),
        headhuntr_id: coded.copied().or(numbers.next()).map(single_line),
        ats_id,
        email,
        row: row.number(),
    })
}

/// Returns the one address that these texts hold, however often.
fn one_address<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<String, Unread<'a>> {
    let texts = texts.into_iter().filter(|text| text.contains('@'));
    let mut found = texts.flat_map(value::emails).flatten();
    let email = found.next().ok_or(Unread::NoAddress)?;
    let is_other = |it: String| folded_email(&it) != folded_email(&email);
    if found.any(is_other) {
        Err(Unread::SeveralAddresses)
    } else {
        Ok(email)
    }
}

/// Returns the name that stands before an address, as in *Ana Vega <ana@example.com>*.
fn name_before(address: &str) -> Option<String> {
    let (name, _) = address.split_once('<')?;
    let name = name.trim().trim_matches('"').trim();
    (!name.is_empty() && !name.contains('@')).then(|| single_line(name))
}

/// Whether a text was meant to be a number: shortened by a spreadsheet program, or with a letter slipped in. An id of
/// Headhuntr's has more letters, or begins with one.
fn is_mistyped(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let begins = text.starts_with(|c: char| c.is_ascii_digit());
    value::is_shortened(text) || begins && letters < 2
}
