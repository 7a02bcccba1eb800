//! Letters of any script in plain Latin ones, and coarser forms in which spellings of one name agree.

use deunicode::deunicode_char;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization as _;

/// What a name is written in, as far as comparing cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::mapping) enum Script {
    /// Latin letters.
    #[default]
    Latin,
    /// An alphabet that can be put into Latin letters: Cyrillic, Greek, kana and others.
    Spelt,
    /// Chinese characters, which Chinese and Japanese read differently.
    Han,
    /// Korean syllables.
    Hangul,
    /// An alphabet that leaves vowels out: Arabic, Hebrew.
    Vowelless,
}

/// Returns text in the one form Unicode has for it: full-width letters narrow, marks joined to their letters.
pub(super) fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkc().collect())
}

pub(super) fn script(letter: char) -> Script {
    match u32::from(letter) {
        0..=0x036F | 0x1E00..=0x1EFF | 0x2000..=0x206F => Script::Latin,
        0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFF => Script::Vowelless,
        0x2E80..=0x2FDF
        | 0x3005..=0x3007
        | 0x3400..=0x9FFF
        | 0xF900..=0xFAFF
        | 0x20000..=0x3FFFF => Script::Han,
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7AF => Script::Hangul,
        _ => Script::Spelt,
    }
}

/// Returns a word in lower-case Latin letters and digits, each letter by its plainest reading.
pub(super) fn plain(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars() {
        if letter.is_ascii() {
            plain.extend(Some(letter.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric));
            continue;
        }
        if let Some(vowel) = small_kana(letter) {
            join_kana(&mut plain, vowel);
            continue;
        }
        let read = read_otherwise(letter)
            .or_else(|| deunicode_char(letter))
            .unwrap_or_default();
        let kept = read.chars().filter(char::is_ascii_alphanumeric);
        plain.extend(kept.map(|it| it.to_ascii_lowercase()));
    }
    plain
}

const fn small_kana(letter: char) -> Option<char> {
    match letter {
        'ゃ' | 'ャ' => Some('a'),
        'ゅ' | 'ュ' => Some('u'),
        'ょ' | 'ョ' => Some('o'),
        _ => None,
    }
}

/// Joins a small kana to the syllable before it: *shi* and *yo* are *sho*, *ki* and *yo* are *kyo*.
fn join_kana(plain: &mut String, vowel: char) {
    if plain.ends_with('i') {
        plain.pop();
    }
    if !plain.ends_with(['h', 'j']) {
        plain.push('y');
    }
    plain.push(vowel);
}

/// Letters that are commonly read otherwise than the tables of Unicode have it.
const fn read_otherwise(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ё' | 'Ё' => "e",
        // A hard k, however breathed the letter behind it is.
        'כ' | 'ך' => "q",
        'ח' => "h",
        'β' | 'Β' => "v",
        'し' | 'シ' => "shi",
        'ち' | 'チ' => "chi",
        'つ' | 'ツ' => "tsu",
        'ふ' | 'フ' => "fu",
        'じ' | 'ジ' | 'ぢ' | 'ヂ' => "ji",
        'づ' | 'ヅ' => "zu",
        _ => return None,
    })
}

/// Returns a word in its other usual spelling, where there is one: *mueller* for *Müller*, *fyodor* for *Фёдор*.
pub(super) fn spelt_out(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let mut differs = false;
    let mut out = String::with_capacity(word.len() + 2);
    for letter in word.chars() {
        let two = match letter {
            'ä' | 'Ä' | 'æ' | 'Æ' => "ae",
            'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' => "oe",
            'ü' | 'Ü' => "ue",
            'å' | 'Å' => "aa",
            'ё' | 'Ё' => "yo",
            other => {
                out.push(other);
                continue;
            }
        };
        differs = true;
        out.push_str(two);
    }
    differs.then(|| plain(&out))
}

/// Returns a plain word by its sound, so that *Mueller* and *Muller*, *Sergey* and *Sergei* are the same.
pub(super) fn sound(plain: &str) -> String {
    let letters = plain.as_bytes();
    let mut sound = String::with_capacity(letters.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at) {
        let (took, said) = said(*letter, letters.get(at + 1), letters.get(at + 2));
        for letter in said.chars() {
            // A doubled letter sounds once.
            if !sound.ends_with(letter) {
                sound.push(letter);
            }
        }
        at += took;
    }
    sound
}

/// Returns how many letters stand for one sound, and which it is.
#[rustfmt::skip]
const fn said(letter: u8, next: Option<&u8>, after: Option<&u8>) -> (usize, &'static str) {
    match (letter, next, after) {
        (b's', Some(b'c'), Some(b'h')) => (3, "s"),
        (b't', Some(b'c'), Some(b'h')) => (3, "ch"),
        (b'p', Some(b'h'), _) => (2, "f"),
        (b'c', Some(b'k'), _) => (2, "k"),
        (b'k', Some(b'h'), _) => (2, "h"),
        (b's' | b'z', Some(b'h'), _) => (2, "s"),
        (b't', Some(b'h'), _) => (2, "t"),
        (b'd', Some(b'h'), _) => (2, "d"),
        (b'c', Some(b'h'), _) => (2, "ch"),
        (b'a', Some(b'e' | b'a'), _) => (2, "a"),
        (b'o', Some(b'e'), _) => (2, "o"),
        (b'u', Some(b'e' | b'u'), _) | (b'o', Some(b'u' | b'o'), _) => (2, "u"),
        (b'e', Some(b'e'), _) => (2, "i"),
        (b'x', ..) => (1, "ks"),
        (b'w' | b'v', ..) => (1, "v"),
        (b'i' | b'y' | b'j', ..) => (1, "i"),
        (b'c' | b'q' | b'k', ..) => (1, "k"),
        (b's' | b'z', ..) => (1, "s"),
        (b'a', ..) => (1, "a"),
        (b'b', ..) => (1, "b"),
        (b'd', ..) => (1, "d"),
        (b'e', ..) => (1, "e"),
        (b'f', ..) => (1, "f"),
        (b'g', ..) => (1, "g"),
        (b'h', ..) => (1, "h"),
        (b'l', ..) => (1, "l"),
        (b'm', ..) => (1, "m"),
        (b'n', ..) => (1, "n"),
        (b'o', ..) => (1, "o"),
        (b'p', ..) => (1, "p"),
        (b'r', ..) => (1, "r"),
        (b't', ..) => (1, "t"),
        (b'u', ..) => (1, "u"),
        // A figure in a name is a slip that tells nothing.
        _ => (1, ""),
    }
}

/// Returns the consonants of a plain word, those that scripts confuse made one. What Arabic and Hebrew write with one
/// letter for a vowel and a *v* or *w* is kept or left out.
pub(super) fn skeleton(plain: &str, keeps_v: bool) -> String {
    let mut skeleton = String::with_capacity(plain.len());
    let mut letters = plain.chars().peekable();
    while let Some(letter) = letters.next() {
        let kept = match letter {
            'c' | 'k' | 's' if letters.peek() == Some(&'h') => match letter {
                's' => 's',
                // *Ch* and *kh* are breathed, or a *j* in Korean: too many sounds for one sign.
                _ => continue,
            },
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'j' => continue,
            'v' | 'w' if !keeps_v => continue,
            'g' | 'c' | 'q' | 'k' => 'k',
            'b' | 'p' | 'f' | 'v' | 'w' => 'p',
            'd' | 't' => 't',
            'z' | 's' => 's',
            'l' | 'r' => 'r',
            other => other,
        };
        if !skeleton.ends_with(kept) {
            skeleton.push(kept);
        }
    }
    skeleton
}

/// Surnames of one Korean syllable, as their owners spell them in Latin letters.
const KOREAN_SURNAMES: &[(&str, &str)] = &[
    ("김", "kim"),
    ("이", "lee"),
    ("박", "park"),
    ("최", "choi"),
    ("정", "jung"),
    ("강", "kang"),
    ("조", "cho"),
    ("윤", "yoon"),
    ("임", "lim"),
    ("오", "oh"),
    ("신", "shin"),
    ("서", "seo"),
    ("권", "kwon"),
    ("안", "ahn"),
    ("유", "yoo"),
    ("노", "roh"),
    ("문", "moon"),
    ("우", "woo"),
    ("구", "koo"),
    ("주", "joo"),
    ("백", "baek"),
    ("심", "shim"),
    ("허", "huh"),
    ("배", "bae"),
];

/// Returns how a Korean surname is usually spelt.
pub(super) fn korean_surname(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let known = KOREAN_SURNAMES
        .iter()
        .find(|(syllable, _)| *syllable == word);
    known.map(|(_, latin)| (*latin).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_any_script_become_plain_ones() {
        for (word, expected) in [
            ("Nguyễn", "nguyen"),
            ("Łucja", "lucja"),
            ("O’Brien", "obrien"),
            ("Иванов", "ivanov"),
            ("Παπαδόπουλος", "papadopoulos"),
            ("たなか", "tanaka"),
            ("王", "wang"),
            ("Ｊｏｈｎ", "john"),
            ("ふじた", "fujita"),
            ("いしかわ", "ishikawa"),
            ("しょうた", "shouta"),
            ("きょうこ", "kyouko"),
        ] {
            assert_eq!(plain(&composed(word)), expected, "{word}");
        }
    }

    #[test]
    fn spellings_of_one_name_sound_the_same() {
        for (one, other) in [
            ("muller", "mueller"),
            ("sergey", "sergei"),
            ("yulia", "iuliia"),
            ("philip", "filip"),
            ("alexandr", "aleksandr"),
            ("johannson", "johanson"),
        ] {
            assert_eq!(sound(one), sound(other), "{one} and {other}");
        }
        assert_ne!(
            sound("daniel"),
            sound("danilo"),
            "but not every likeness is one"
        );
    }

    #[test]
    fn what_leaves_vowels_out_is_compared_without_them() {
        for (one, other) in [
            ("محمد", "Mohammed"),
            ("אברהם", "Avraham"),
            ("דוד", "David"),
            ("نادية", "Nadia"),
        ] {
            let bones = |name: &str| skeleton(&plain(name), true);
            assert_eq!(bones(one), bones(other), "{one} and {other}");
        }
        let loose = |name: &str| skeleton(&plain(name), false);
        assert_eq!(loose("נועם"), loose("Noam"), "one letter for *v* and *o*");
    }
}
