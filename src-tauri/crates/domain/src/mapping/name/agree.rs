//! How far two names are one: which words stand for each other, and how.

use super::letters::Script;
use super::spelling::Spelling;
use super::{Name, Part, Word};

/// How two words stand for each other, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::mapping) enum Level {
    /// The same letters, or the same but for marks.
    Same,
    /// Spelt differently, the same by sound.
    Sound,
    /// Forms of one given name.
    Form,
    /// A letter or two apart.
    Spelling,
    /// In scripts that can only be compared roughly.
    Script,
    /// A letter that stands for a name.
    Initial,
}

/// All of them, the closest first.
const LEVELS: [Level; 6] = [
    Level::Same,
    Level::Sound,
    Level::Form,
    Level::Spelling,
    Level::Script,
    Level::Initial,
];

/// How many pairs of words stand for each other, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::mapping) struct Pairs([u8; LEVELS.len()]);

impl Pairs {
    fn add(&mut self, level: Level) {
        if let Some(count) = self.0.get_mut(level as usize) {
            *count = count.saturating_add(1);
        }
    }

    /// Returns each level that occurs with how often it does, the closest first.
    pub fn each(self) -> impl DoubleEndedIterator<Item = (Level, u8)> {
        LEVELS
            .into_iter()
            .zip(self.0)
            .filter(|(_, count)| *count > 0)
    }

    /// Returns how many there are.
    pub fn count(self) -> i32 {
        self.0.into_iter().map(i32::from).sum()
    }

    pub fn is_empty(self) -> bool {
        self.count() == 0
    }

    pub fn contains(self, level: Level) -> bool {
        self.each().any(|(it, _)| it == level)
    }
}

/// What comparing two names showed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::mapping) struct Likeness {
    /// How pairs of words stand for each other.
    pub pairs: Pairs,
    /// Words of the one name that nothing in the other stands for.
    pub left_here: usize,
    /// Words of the other name that nothing in the one stands for.
    pub left_there: usize,
    /// Whether they are the same words but for marks and order.
    pub is_exact: bool,
    /// Whether both say that they are of different generations.
    pub other_generation: bool,
    /// Whether only one of them says its generation.
    pub one_generation: bool,
    /// Whether the scripts cannot be compared: Chinese characters that may be read in Japanese.
    pub incomparable: bool,
}

impl Likeness {
    /// Compares two names.
    pub fn of(here: &Name, there: &Name) -> Self {
        let mut likeness = Self::between(here, there);
        let generations = (here.generation, there.generation);
        likeness.other_generation = matches!(generations, (Some(one), Some(other)) if one != other);
        // What Chinese characters are in Latin letters depends on the language: that they differ says nothing.
        if is_han(here) != is_han(there) && !likeness.agrees() {
            likeness = Self {
                incomparable: true,
                ..Self::default()
            };
        }
        likeness.one_generation = here.generation.is_some() != there.generation.is_some();
        likeness.is_exact &= here.generation == there.generation;
        likeness
    }

    /// Returns whether nothing in the names speaks against their being one, and something speaks for it.
    pub fn agrees(&self) -> bool {
        let alike = self.pairs.each().any(|(it, _)| it != Level::Initial);
        alike && !self.contradicts() && !self.other_generation
    }

    /// Returns whether the names agree by more than a likeness of letters: *Louis* and *Louise* may be brother and sister.
    pub fn is_beyond_doubt(&self) -> bool {
        let is_likeness = |level| self.pairs.contains(level);
        self.agrees()
            && ![Level::Spelling, Level::Script]
                .into_iter()
                .any(is_likeness)
    }

    /// Returns whether each has a word that the other lacks.
    pub const fn contradicts(&self) -> bool {
        self.left_here > 0 && self.left_there > 0
    }

    /// Returns the farthest of its pairs.
    pub fn worst(&self) -> Option<Level> {
        self.pairs.each().next_back().map(|it| it.0)
    }

    fn between(here: &Name, there: &Name) -> Self {
        let native = !here.native.is_empty() && here.native == there.native;
        if native || are_one(here, there) {
            let mut pairs = Pairs::default();
            (0..here.required().count().max(1)).for_each(|_| pairs.add(Level::Same));
            return Self {
                pairs,
                is_exact: true,
                ..Self::default()
            };
        }
        let mut pairing = Pairing {
            here: Open::of(&here.words),
            there: Open::of(&there.words),
            pairs: Pairs::default(),
        };
        pairing.pair(Level::Same);
        let is_exact = pairing.here.is_empty() && pairing.there.is_empty();
        // Pieces make a word only where all else agrees: *Dan A* is no *Dana Scott*.
        let joined = pairing.joined().map(Pairing::paired);
        let joined = joined.filter(|it| it.left_here + it.left_there == 0);
        Self {
            is_exact,
            ..joined.unwrap_or_else(|| pairing.paired())
        }
    }
}

/// Returns whether two names are the same words in the same order.
fn are_one(here: &Name, there: &Name) -> bool {
    let mut words = here.words.iter().zip(&there.words);
    here.joined == there.joined
        && here.words.len() == there.words.len()
        && words.all(|(one, other)| one.plain == other.plain)
}

/// Two names whose words are being paired.
#[derive(Clone, Copy)]
struct Pairing<'a> {
    here: Open<'a>,
    there: Open<'a>,
    pairs: Pairs,
}

impl Pairing<'_> {
    /// Pairs the words that stand for each other in this way.
    fn pair(&mut self, level: Level) {
        for (at, word) in self.here.words.iter().enumerate() {
            if !self.here.holds(at) {
                continue;
            }
            let found = self.there.words.iter().enumerate();
            let mut found =
                found.filter(|(place, other)| self.there.holds(*place) && level.holds(word, other));
            let Some((place, other)) = found.next() else {
                continue;
            };
            self.here.take(at);
            self.there.take(place);
            // Two words that may both be missing say nothing.
            if !(word.optional && other.optional) {
                self.pairs.add(level);
            }
        }
    }

    /// Returns the same with the words paired that are several words of the other side joined, where there are any.
    fn joined(mut self) -> Option<Self> {
        let before = self.pairs;
        pair_joined(&mut self.here, &mut self.there, &mut self.pairs);
        pair_joined(&mut self.there, &mut self.here, &mut self.pairs);
        (self.pairs != before).then_some(self)
    }

    /// Pairs the rest, the closest first.
    fn paired(mut self) -> Likeness {
        for level in LEVELS {
            self.pair(level);
        }
        Likeness {
            left_here: self.here.left(),
            left_there: self.there.left(),
            pairs: self.pairs,
            ..Likeness::default()
        }
    }
}

/// The words of a name that nothing stands for yet.
#[derive(Clone, Copy)]
struct Open<'a> {
    words: &'a [Part],
    places: u64,
}

impl<'a> Open<'a> {
    /// All words are open. Nobody has more of them than a number has bits; what is beyond is passed over.
    fn of(words: &'a [Part]) -> Self {
        Self {
            words: words.get(..64).unwrap_or(words),
            places: u64::MAX,
        }
    }

    const fn holds(&self, place: usize) -> bool {
        self.places & (1 << place) != 0
    }

    const fn take(&mut self, place: usize) {
        self.places &= !(1 << place);
    }

    /// Returns whether something stands for each word, also for those that may be missing.
    fn is_empty(&self) -> bool {
        (0..self.words.len()).all(|place| !self.holds(place))
    }

    /// Returns how many words are left that must be there.
    fn left(&self) -> usize {
        let words = self.words.iter().enumerate();
        words
            .filter(|(at, it)| self.holds(*at) && !it.optional)
            .count()
    }
}

impl Level {
    fn holds(self, one: &Word, other: &Word) -> bool {
        match self {
            Self::Same => one.plain == other.plain && !one.is_initial(),
            Self::Sound => {
                let spelt = |a: &Word, b: &Word| a.spelt_out.as_ref() == Some(&b.plain);
                !one.is_initial()
                    && !other.is_initial()
                    && (one.sound == other.sound || spelt(one, other) || spelt(other, one))
            }
            Self::Form => {
                one.groups.iter().any(|it| other.groups.contains(it)) || is_short_form(one, other)
            }
            Self::Spelling => {
                is_misspelt(&one.plain, &other.plain) || is_misspelt(&one.sound, &other.sound)
            }
            Self::Script => {
                let rough = |it: &Word| matches!(it.script, Script::Vowelless | Script::Hangul);
                let is_rough = rough(one) != rough(other);
                is_rough && !one.is_initial() && !other.is_initial() && one.has_bones_of(other)
            }
            Self::Initial => {
                (one.is_initial() || other.is_initial()) && one.initial() == other.initial()
            }
        }
    }
}

/// A word cut short: *Alex* of *Alexandros*. At least four letters, so that *Ana* is not *Anastasia*.
fn is_short_form(one: &Word, other: &Word) -> bool {
    let (short, long) = if one.plain.len() < other.plain.len() {
        (&one.plain, &other.plain)
    } else {
        (&other.plain, &one.plain)
    };
    let more = long.strip_prefix(&**short).unwrap_or_default();
    // *Daniella* is no long form of *Daniel*.
    short.len() >= 4 && more.len() >= 2 && !more.ends_with(['a', 'e'])
}

/// One letter wrong, missing or swapped in a word of five or more; two in one of nine or more; two consonants swapped in
/// one of four: *Jonh*. Not where only the ending
/// differs that tells women's names from men's: *Maria* and *Mario*.
fn is_misspelt(one: &Spelling, other: &Spelling) -> bool {
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    let allowed = misspelt(shorter);
    if allowed == 0 {
        return longer == 4
            && one.letters() == other.letters()
            && has_consonants_swapped(one, other);
    }
    longer - shorter <= allowed as usize
        && !one.is_far_from(other, allowed)
        && is_within(one, other, allowed as usize)
        && one.trim_end_matches(['a', 'o']) != other.trim_end_matches(['a', 'o'])
}

/// Returns whether two consonants beside each other are swapped. Swapped with a vowel it is mostly another name: *Arno*
/// and *Aron*.
fn has_consonants_swapped(one: &str, other: &str) -> bool {
    let begin = alike(one.bytes(), other.bytes());
    let (one, other) = (
        behind(one, begin).as_bytes(),
        behind(other, begin).as_bytes(),
    );
    let is_consonant = |it: &u8| !b"aeiouy".contains(it);
    match (one, other) {
        ([a, b, rest @ ..], [c, d, other_rest @ ..]) => {
            a == d && b == c && rest == other_rest && is_consonant(a) && is_consonant(b)
        }
        _ => false,
    }
}

/// Returns how many letters may be wrong in words of which the shorter has so many.
pub(super) const fn misspelt(shorter: usize) -> u32 {
    match shorter {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Returns whether so many letters wrong, missing or swapped make one word of another. What both begin and end with
/// needs no comparing, and mostly little is left.
fn is_within(one: &str, other: &str, allowed: usize) -> bool {
    let begin = alike(one.bytes(), other.bytes());
    let (one, other) = (behind(one, begin), behind(other, begin));
    let end = alike(one.bytes().rev(), other.bytes().rev());
    let (one, other) = (shortened(one, end), shortened(other, end));
    match (one.as_bytes(), other.as_bytes()) {
        (rest, []) | ([], rest) => rest.len() <= allowed,
        ([_], [_]) => true,
        ([a, b], [c, d]) if a == d && b == c => true,
        _ if allowed < 2 => false,
        _ => strsim::osa_distance(one, other) <= allowed,
    }
}

fn behind(word: &str, begin: usize) -> &str {
    word.get(begin..).unwrap_or_default()
}

fn shortened(word: &str, by: usize) -> &str {
    word.get(..word.len() - by).unwrap_or_default()
}

/// Returns how many letters two words have alike from where they are looked at.
fn alike(one: impl Iterator<Item = u8>, other: impl Iterator<Item = u8>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

/// Pairs a word with several of the other side that make it when joined: *Delacruz* with *de la Cruz*.
fn pair_joined(joined: &mut Open<'_>, parts: &mut Open<'_>, pairs: &mut Pairs) {
    for (at, word) in joined.words.iter().enumerate() {
        if !joined.holds(at) {
            continue;
        }
        let found = (0..parts.words.len()).find_map(|from| {
            let mut rest = &*word.plain;
            for (to, part) in parts.words.iter().enumerate().skip(from) {
                rest = rest.strip_prefix(&*part.plain)?;
                if rest.is_empty() {
                    let pieces = parts.words.get(from..=to).unwrap_or_default();
                    return (to > from && are_pieces(pieces)).then_some(from..=to);
                }
            }
            None
        });
        let Some(places) = found else {
            continue;
        };
        let needed = |place: &usize| parts.words.get(*place).is_some_and(|it| !it.optional);
        if places
            .clone()
            .filter(needed)
            .all(|place| parts.holds(place))
        {
            places.for_each(|place| parts.take(place));
            joined.take(at);
            pairs.add(Level::Same);
        }
    }
}

/// Returns whether words may be pieces of one. A letter behind a name stands for another name: *Joe L* is no *Joel*.
fn are_pieces(words: &[Part]) -> bool {
    let ends_in_full = words.last().is_some_and(|it| !it.is_initial());
    ends_in_full || words.iter().all(|it| it.is_initial())
}

fn is_han(name: &Name) -> bool {
    name.words.iter().all(|it| it.script == Script::Han)
}

#[cfg(test)]
mod tests {
    use super::super::Lexicon;
    use super::*;

    fn likeness(here: &str, there: &str) -> Likeness {
        let mut lexicon = Lexicon::default();
        let mut read = |name| Name::read(name, &mut lexicon);
        Likeness::of(&read(here), &read(there))
    }

    fn check(here: &str, there: &str, worst: Level) {
        for (one, other) in [(here, there), (there, here)] {
            let found = likeness(one, other);
            assert!(found.agrees(), "{one} may be {other}: {found:?}");
            assert_eq!(found.worst(), Some(worst), "{one} and {other}: {found:?}");
        }
    }

    #[test]
    fn one_person_is_known_in_many_spellings() {
        check("Nguyễn Văn An", "Nguyen Van An", Level::Same);
        check("Jürgen Müller", "Juergen Mueller", Level::Sound);
        check("Łucja Nowak", "Lucja Nowak", Level::Same);
        check("José María García", "Garcia, Jose Maria", Level::Same);
        check("Pat O’Brien", "Pat O Brien", Level::Same);
        check("Anne-Marie Roux", "Annemarie Roux", Level::Same);
        check("Maria de la Cruz", "Maria Delacruz", Level::Same);
        check("Jan van der Berg", "Jan Vanderberg", Level::Same);
        check("Omar Al-Rashid", "Omar Alrashid", Level::Same);
        check("Chen Mei Ling", "Meiling Chen", Level::Same);
        check("Jean Luc Roux", "Roux, Jeanluc", Level::Same);
        check("Mei Ling Müller", "Meiling Mueller", Level::Sound);
        check("Mac Donald", "MacDonald", Level::Same);
        check("De Vries", "Devries", Level::Same);
        check("Maria D Angelo", "Maria D’Angelo", Level::Same);
        check("J. P. Roux", "JP Roux", Level::Same);
        check("Bill Gray", "William Gray", Level::Form);
        check("Сергей Иванов", "Sergey Ivanov", Level::Sound);
        check("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos", Level::Same);
        check("محمد خليل", "Mohammed Khalil", Level::Script);
        check("王小明", "Wang Xiaoming", Level::Same);
        check("田中 雪", "Yuki Tanaka (田中雪)", Level::Same);
        check("Katherine Meyers", "Katherine Meyer", Level::Spelling);
        check("Jonh Smiht", "John Smith", Level::Spelling);
        check("J. Smith", "John Smith", Level::Initial);
    }

    #[test]
    fn two_people_are_kept_apart() {
        for (one, other) in [
            ("John Smith", "Jane Smith"),
            ("John Smith Jr.", "John Smith Sr."),
            ("Ana Vega", "Ana Vargas"),
            ("Maria Silva", "Mario Silva"),
            ("田中 雪", "Ana Vega"),
            ("Arno Meyer", "Aron Meyer"),
            ("Joe L", "Joel Katz"),
            ("Joe L Katz", "Joel Katz"),
            ("Joe L", "Joel"),
            ("Dan A", "Dana Scott"),
            ("Dan Ascott", "Dana Scott"),
            ("Carl A", "Carla Ruiz"),
            ("Mar Tina", "Martina Kowalski"),
            ("Max Well", "Maxwell Reed"),
            ("Li Anna", "Lianna Petrov"),
            ("Li Anna Reed", "Lianna Petrov"),
        ] {
            for (one, other) in [(one, other), (other, one)] {
                assert!(!likeness(one, other).agrees(), "{one} is not {other}");
            }
        }
    }
}
