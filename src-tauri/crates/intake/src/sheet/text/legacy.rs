//! Which of the encodings from before Unicode a text is in: nothing in its bytes says so, but names are made of letters.
//!
//! A detector made for web pages tells most of them from a handful of names. What it does not know, or was not made for,
//! is told by which letters there would be.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    Encoding, GB18030, ISO_8859_2, ISO_8859_4, ISO_8859_13, MACINTOSH, SHIFT_JIS, WINDOWS_1250,
    WINDOWS_1252, WINDOWS_1254, WINDOWS_1257,
};
use std::borrow::Cow;

/// So many bytes of lines with letters beyond ASCII are looked at.
const LOOKED_AT: usize = 256 * 1024;
/// So many words beyond ASCII are needed to believe what is seldom true.
const MANY: usize = 6;
/// With fewer of them, people of Western Europe are the most likely guests in any list.
const FEW: usize = 6;
/// Letters of names in MacRoman: `áàâäãçéèêëíîñóòôöúùûüß`.
const MAC: &[u8] =
    b"\x87\x88\x89\x8A\x8B\x8D\x8E\x8F\x90\x91\x92\x94\x96\x97\x98\x99\x9A\x9C\x9D\x9E\x9F\xA7";
/// Those of them that stand for nothing inside a word in Windows-1252.
const MAC_ALONE: &[u8] = b"\x87\x88\x89\x8B\x8D\x8F\x90\x98\x99\x9D\x9F";
/// The letters of Hungarian in Windows-1250 as Windows-1252 reads them, where `õ` and `û` stand for `ő` and `ű`.
const HUNGARIAN: &str = "ÁÉÍÓÖÕÚÜÛáéíóöõúüû";

/// Returns the most likely encoding of bytes that are no Unicode.
pub(super) fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&sample, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if !guess.is_single_byte() {
        return guess;
    }
    let decoded = |encoding: &'static Encoding| encoding.decode_without_bom_handling(&sample);
    if is_mac(&sample) {
        MACINTOSH
    } else if is_chinese(&sample) {
        GB18030
    } else if !is_of_letters(&decoded(guess).0) && is_japanese(&decoded(SHIFT_JIS)) {
        SHIFT_JIS
    } else if guess == ISO_8859_2 && is_of_letters(&decoded(WINDOWS_1250).0) {
        // Hardly any program writes tables in the former, and only few of their letters differ.
        WINDOWS_1250
    } else if guess == WINDOWS_1252 && is_hungarian(&decoded(WINDOWS_1252).0) {
        WINDOWS_1250
    } else if is_western(guess, &sample) {
        WINDOWS_1252
    } else {
        guess
    }
}

/// Whether a guess rests on too little to be preferred to Western European.
fn is_western(guess: &'static Encoding, sample: &[u8]) -> bool {
    let count = words(sample).count();
    let is_rare = [WINDOWS_1257, ISO_8859_4, ISO_8859_13].contains(&guess);
    let is_latin = is_rare || [WINDOWS_1250, WINDOWS_1254].contains(&guess);
    let western = || WINDOWS_1252.decode_without_bom_handling(sample).0;
    is_rare && count < MANY || is_latin && count < FEW && is_of_letters(&western())
}

/// Returns the lines that have bytes beyond ASCII, up to a bound.
fn sample(bytes: &[u8]) -> Vec<u8> {
    let mut sample = Vec::new();
    let lines = bytes.split_inclusive(|byte| matches!(byte, b'\n' | b'\r'));
    for line in lines.filter(|line| !line.is_ascii()) {
        let room = LOOKED_AT - sample.len();
        sample.extend_from_slice(line.get(..room).unwrap_or(line));
        if sample.len() >= LOOKED_AT {
            break;
        }
    }
    sample
}

/// Returns the runs of bytes beyond ASCII.
fn words(sample: &[u8]) -> impl Iterator<Item = &[u8]> {
    let runs = sample.split(u8::is_ascii);
    runs.filter(|run| !run.is_empty())
}

fn is_of_letters(text: &str) -> bool {
    let mut beyond = text.chars().filter(|c| !c.is_ascii());
    // Some signs count as letters, and are in no name.
    let is_letter = |c: char| c.is_alphabetic() && !matches!(c, 'µ' | 'ª' | 'º');
    beyond.all(|c| is_letter(c) || matches!(c, '’' | '‘' | '–'))
}

/// MacRoman keeps the letters of Western Europe where Windows keeps signs. MS-DOS keeps them there as well, but others.
fn is_mac(sample: &[u8]) -> bool {
    let beyond = || sample.iter().filter(|byte| !byte.is_ascii());
    let among = |set: &[u8]| beyond().filter(|byte| set.contains(byte)).count();
    let in_words = sample.windows(2).any(|pair| match pair {
        [one, two] => one.is_ascii_alphabetic() && MAC_ALONE.contains(two),
        _ => false,
    });
    let in_place = beyond().all(|byte| (0x80..0xA0).contains(byte) || *byte == 0xA7);
    in_place && in_words && among(MAC) * 4 >= beyond().count() * 3
}

/// In GB18030 every letter of a name has two bytes, the first of which is one of the lower for the usual letters. In
/// other scripts a word may have any number of letters, and the small ones are the higher.
fn is_chinese(sample: &[u8]) -> bool {
    let (mut letters, mut usual) = (0usize, 0usize);
    for word in words(sample) {
        for letter in word.chunks(2) {
            let [first, 0xA1..=0xFE] = letter else {
                return false;
            };
            letters += 1;
            usual += usize::from((0xB0..=0xD7).contains(first));
        }
    }
    words(sample).count() >= MANY && usual * 4 >= letters * 3
}

fn is_japanese((text, is_broken): &(Cow<'_, str>, bool)) -> bool {
    // A letter of half the width has one byte, as letters of other scripts have.
    let is_wide = |c: char| c.is_alphabetic() && !('\u{FF61}'..='\u{FF9F}').contains(&c);
    !is_broken && text.chars().all(|c| c.is_ascii() || is_wide(c))
}

/// Hungarian differs from Western European in two letters, which others hardly use beside the letters of Hungarian:
/// French has `û` but no `á`, `í`, `ó` or `ú`, and in Portuguese an `e` follows `õ`.
fn is_hungarian(text: &str) -> bool {
    let has = |letters: &str| text.chars().any(|c| letters.contains(c));
    let kinds = ["áÁ", "íÍ", "óÓ", "úÚ"];
    let mut beyond = text.chars().filter(|c| !c.is_ascii());
    has("õûÕÛ")
        && beyond.all(|c| HUNGARIAN.contains(c))
        && kinds.iter().filter(|kind| has(kind)).count() >= 2
        && !text.contains("õe")
}

#[cfg(test)]
mod tests;
