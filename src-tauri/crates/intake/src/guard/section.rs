//! What stands between the tags of a part besides text: comments, CDATA sections and instructions.

use super::tags;

/// What is not a tag: it begins and ends with these bytes and has no quotes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Section {
    pub(super) begin: &'static [u8],
    pub(super) end: &'static [u8],
}

impl Section {
    /// The shortest it can be: `<?>` shares its question mark, `<!-->` does not share its dashes.
    pub(super) fn least(&self) -> usize {
        if self.begin == b"?" {
            self.end.len()
        } else {
            self.begin.len() + self.end.len()
        }
    }
}

/// They begin and end here exactly where the parser sees them begin and end, or a claim could hide.
pub(super) static SECTIONS: [Section; 3] = [
    Section {
        begin: b"?",
        end: b"?>",
    },
    Section {
        begin: b"!--",
        end: b"-->",
    },
    Section {
        begin: b"![CDATA[",
        end: b"]]>",
    },
];

/// Whether an instruction declares no encoding but the ones whose bytes mean what they say; in others
/// a tag could look like text here and like a tag to the parser.
pub(super) fn encoding_is_plain(instruction: &[u8]) -> bool {
    if !instruction.starts_with(b"?") || !instruction.windows(8).any(|part| part == b"encoding") {
        return true;
    }
    let body = instruction
        .get(1..instruction.len().saturating_sub(2))
        .unwrap_or_default();
    tags::attribute(body, b"encoding").is_some_and(|name| {
        [&b"utf-8"[..], b"utf8", b"us-ascii", b"ascii"]
            .iter()
            .any(|plain| name.eq_ignore_ascii_case(plain))
    })
}
