//! A person's name as it is compared: its words in plain letters, without titles, with what is known of each.

mod agree;
mod forms;
mod glance;
mod letters;
mod lexicon;
mod spelling;

pub(super) use agree::{Level, Likeness};
pub(super) use glance::Glance;
pub(super) use lexicon::Lexicon;

use letters::{Script, composed, korean_surname, plain, script, skeleton, sound, spelt_out};
use spelling::Spelling;
use std::borrow::Cow;
use std::ops::Deref;
use std::rc::Rc;

/// A name, ready to be compared.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    /// Its words, given names first where that can be told.
    pub words: Vec<Part>,
    /// *Jr*, *II* and the like, as a number.
    pub generation: Option<u8>,
    /// The name in Chinese or Korean characters without spaces, where it has them.
    pub native: String,
    /// All its words in one.
    pub joined: Spelling,
}

/// A word in its place in a name.
#[derive(Debug, Clone)]
pub(super) struct Part {
    word: Rc<Word>,
    /// Whether it may be missing on the other side: a particle, or what stands in brackets.
    pub optional: bool,
}

impl Deref for Part {
    type Target = Word;

    fn deref(&self) -> &Word {
        &self.word
    }
}

/// One word of a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Word {
    /// In plain letters.
    pub plain: Spelling,
    /// In its other usual spelling, where there is one.
    pub spelt_out: Option<Spelling>,
    /// By its sound.
    pub sound: Spelling,
    /// What it was written in.
    pub script: Script,
    /// The groups of given names it is a form of.
    pub groups: &'static [u16],
    /// Its consonants in the coarsest form, by which words of any two scripts are found.
    pub bones: String,
}

impl Word {
    fn new(text: &str) -> Option<Self> {
        let script = text.chars().map(script).find(|it| *it != Script::Latin);
        let plain = plain(text);
        if plain.is_empty() {
            return None;
        }
        Some(Self {
            sound: Spelling::new(sound(&plain)),
            spelt_out: spelt_out(text)
                .or_else(|| korean_surname(text))
                .map(Spelling::new),
            script: script.unwrap_or_default(),
            groups: forms::groups(&plain),
            bones: bones(&plain),
            plain: Spelling::new(plain),
        })
    }

    /// Returns whether it is one letter, standing for a name.
    pub fn is_initial(&self) -> bool {
        self.plain.len() == 1
    }

    /// Returns whether two words of different scripts may be one, by their consonants.
    pub fn has_bones_of(&self, other: &Self) -> bool {
        let (one, other) = (without_article(&self.plain), without_article(&other.plain));
        let same = |keeps_v: bool| {
            let bones = skeleton(one, keeps_v);
            !bones.is_empty() && bones == skeleton(other, keeps_v)
        };
        same(true) || same(false)
    }

    /// Returns its first letter.
    pub fn initial(&self) -> char {
        self.plain.chars().next().unwrap_or_default()
    }
}

fn bones(plain: &str) -> String {
    let mut bones = skeleton(without_article(plain), false);
    bones.retain(|it| it != 'p');
    bones
}

/// Takes the Arabic article off a word: *Alrashid*.
fn without_article(plain: &str) -> &str {
    let bare = plain
        .strip_prefix("al")
        .or_else(|| plain.strip_prefix("el"));
    bare.filter(|it| it.len() > 3).unwrap_or(plain)
}

impl Name {
    /// Reads a name as people and programs write it: *Last, First*, titles, brackets, any script.
    pub fn read(text: &str, lexicon: &mut Lexicon) -> Self {
        let mut text = composed(text);
        let mut aside = Vec::new();
        while let Some((outside, inside)) = brackets(&text) {
            text = Cow::Owned(outside);
            aside.push(inside);
        }
        let mut name = Self::default();
        for part in in_order(&text) {
            name.take(part, false, lexicon);
        }
        for part in &aside {
            name.take(part, true, lexicon);
        }
        name.settle(lexicon);
        name
    }

    /// Returns the words that must be there.
    pub fn required(&self) -> impl Iterator<Item = &Part> + Clone {
        self.words.iter().filter(|word| !word.optional)
    }

    /// Returns whether nothing was understood.
    pub fn is_empty(&self) -> bool {
        self.required().next().is_none()
    }

    fn take(&mut self, part: &str, aside: bool, lexicon: &mut Lexicon) {
        let joined = join_syllables(part);
        let words = joined
            .split(|c: char| !is_of_a_word(c))
            .filter(|it| !it.is_empty());
        for word in words {
            let lower = word.to_lowercase();
            if let Some(generation) = generation(&lower) {
                self.generation = self.generation.or(Some(generation));
                continue;
            }
            let says_nothing = aside && ASIDES.contains(&lower.as_str());
            if !says_nothing && !is_title(&lower) {
                self.add(&lower, aside, lexicon);
            }
        }
    }

    fn add(&mut self, word: &str, aside: bool, lexicon: &mut Lexicon) {
        match word.chars().map(script).find(|it| *it != Script::Latin) {
            Some(Script::Han | Script::Hangul) => {
                self.native.push_str(word);
                for part in given_first(word) {
                    self.push(&part, aside, lexicon);
                }
            }
            Some(Script::Vowelless) => {
                let bare = word.strip_prefix("ال").filter(|it| it.chars().count() > 2);
                self.push(bare.unwrap_or(word), aside, lexicon);
            }
            _ => {
                let optional = aside || (word.len() <= 5 && PARTICLES.contains(&word));
                self.push(word, optional, lexicon);
            }
        }
    }

    fn push(&mut self, text: &str, optional: bool, lexicon: &mut Lexicon) {
        let word = lexicon.word(text);
        self.words.extend(word.map(|word| Part { word, optional }));
    }

    /// Joins *O Brien* and *Mc Donald*; holds what is only a second form of the name for optional.
    fn settle(&mut self, lexicon: &mut Lexicon) {
        let mut prefix: Option<Part> = None;
        let count = self.words.len();
        for (at, part) in std::mem::take(&mut self.words).into_iter().enumerate() {
            if let Some(before) = prefix.take() {
                let joined = format!("{}{}", &*before.plain, &*part.plain);
                self.push(&joined, part.optional, lexicon);
            } else if at > 0 && at + 1 < count && ["o", "mc", "mac"].contains(&&*part.plain) {
                prefix = Some(part);
            } else {
                self.words.push(part);
            }
        }
        self.words.extend(prefix);
        let words = &mut self.words;
        let latin = words
            .iter()
            .any(|it| !it.optional && it.script == Script::Latin && !it.is_initial());
        for word in words.iter_mut() {
            word.optional |= latin && word.script != Script::Latin;
        }
        if words.iter().all(|it| it.optional) {
            words.iter_mut().for_each(|it| it.optional = false);
        }
        self.joined = Spelling::new(words.iter().map(|it| &*it.plain).collect());
    }
}

const PARTICLES: &[&str] = &[
    "van", "von", "vom", "zu", "zum", "zur", "der", "den", "des", "de", "la", "las", "le", "les",
    "los", "el", "al", "del", "della", "di", "da", "das", "do", "dos", "du", "bin", "ibn", "ben",
    "bint", "binti", "abu", "ter", "ten", "te", "het", "'t", "’t", "y", "e", "af", "av", "und",
];

const TITLES: &[&str] = &[
    "dr", "prof", "mr", "mrs", "ms", "miss", "mx", "phd", "mba", "md", "esq", "dipl", "ing", "sir",
    "herr", "frau", "dra", "sra", "mag", "msc", "bsc", "cpa", "shrm", "phr", "sphr",
];

/// What stands in brackets and is no name.
const ASIDES: &[&str] = &[
    "she",
    "her",
    "hers",
    "he",
    "him",
    "his",
    "they",
    "them",
    "theirs",
    "contractor",
    "external",
    "extern",
    "intern",
    "temp",
    "recruiter",
    "recruiting",
    "talent",
    "hr",
    "consultant",
    "agency",
    "old",
    "new",
    "inactive",
    "admin",
];

fn is_title(word: &str) -> bool {
    word.len() <= LONGEST_TITLE && TITLES.contains(&word)
}

const LONGEST_TITLE: usize = 5;

fn generation(word: &str) -> Option<u8> {
    match word {
        "sr" | "senior" => Some(1),
        "jr" | "junior" | "jnr" | "ii" => Some(2),
        "iii" => Some(3),
        "iv" => Some(4),
        _ => None,
    }
}

/// Joins given names whose syllables are set apart: *Min-su*, but not *Anne-Marie*.
fn join_syllables(text: &str) -> Cow<'_, str> {
    if !text.contains(HYPHENS) {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let within = joined.chars().next_back().is_some_and(char::is_alphabetic);
        let goes_on = letters.peek().is_some_and(|next| next.is_lowercase());
        if !(HYPHENS.contains(&letter) && within && goes_on) {
            joined.push(letter);
        }
    }
    Cow::Owned(joined)
}

const HYPHENS: [char; 3] = ['-', '‐', '‑'];

/// Letters, digits and marks, and the apostrophe in the shapes people type it in.
fn is_of_a_word(letter: char) -> bool {
    letter.is_alphanumeric()
        || matches!(letter, '\'' | '’' | '‘' | 'ʼ' | '`' | '´' | '\u{300}'..='\u{36F}' | '\u{591}'..='\u{5C7}' | '\u{64B}'..='\u{65F}')
}

/// Takes the first brackets out of a name.
fn brackets(text: &str) -> Option<(String, String)> {
    let (before, rest) = text.split_once(['(', '[', '{', '"', '“', '「'])?;
    let (inside, after) = rest
        .split_once([')', ']', '}', '"', '”', '」'])
        .unwrap_or((rest, ""));
    Some((format!("{before} {after}"), inside.to_owned()))
}

/// Returns the parts of a name, given names first: of *Last, First* the second before the first.
fn in_order(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = text
        .split([',', '，', '、'])
        .filter(|it| !it.trim().is_empty())
        .collect();
    let second = parts
        .get(1)
        .map(|it| it.trim().trim_end_matches('.').to_lowercase());
    let only_a_suffix = second.is_some_and(|it| generation(&it).is_some() || is_title(&it));
    if parts.len() > 1 && !only_a_suffix {
        parts.swap(0, 1);
    }
    parts
}

const TWO_CHARACTER_SURNAMES: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "慕容", "남궁", "황보", "제갈",
    "선우",
];

/// Cuts a Chinese or Korean name written in one into its given name and its surname.
fn given_first(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let two = TWO_CHARACTER_SURNAMES.iter().any(|it| word.starts_with(it));
    let surname = match letters.len() {
        0..=1 => return vec![word.to_owned()],
        3.. if two => 2,
        2 if two => return vec![word.to_owned()],
        4 if letters.iter().all(|it| script(*it) == Script::Han) => 2,
        2..=4 => 1,
        _ => return vec![word.to_owned()],
    };
    let given: String = letters.iter().skip(surname).collect();
    vec![given, letters.iter().take(surname).collect()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &[&str]) {
        let name_read = Name::read(name, &mut Lexicon::default());
        let words: Vec<&str> = name_read.required().map(|it| &*it.plain).collect();
        assert_eq!(words, expected, "{name}");
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        check("Ana Müller", &["ana", "muller"]);
        check("Müller, Ana", &["ana", "muller"]);
        check("Ana María de la Cruz", &["ana", "maria", "cruz"]);
        check("Dr. Ana Vega, PhD", &["ana", "vega"]);
        check("Pat O’Brien", &["pat", "obrien"]);
        check("Pat O'Brien", &["pat", "obrien"]);
        check("Pat O Brien", &["pat", "obrien"]);
        check("Robert (Bob) Smith", &["robert", "smith"]);
        check("Ana Vega (she/her)", &["ana", "vega"]);
        check("Anne-Marie Le Goff", &["anne", "marie", "goff"]);
        check("王小明", &["xiaoming", "wang"]);
        check("Wang Xiaoming (王小明)", &["wang", "xiaoming"]);
        check("王小明 Xiaoming Wang", &["xiaoming", "wang"]);
        check("김민수", &["minsu", "gim"]);
        check("Kim Min-su", &["kim", "minsu"]);
        check("van der", &["van", "der"]);
        check("Suharto", &["suharto"]);
        check("", &[]);
    }

    #[test]
    fn father_and_son_are_told_apart() {
        let generation = |name: &str| Name::read(name, &mut Lexicon::default()).generation;
        assert_eq!(generation("John Smith Jr."), Some(2), "the son");
        assert_eq!(generation("John Smith, Sr"), Some(1), "the father");
        assert_eq!(generation("John Smith"), None, "whoever");
    }
}
