//! What is seen of a name at a glance: enough to pass over most pairs that share a word and are two people for sure.

use super::letters::Script;
use super::spelling::are_far;
use super::{Name, Part};

/// So many words fit. Names of more are looked at closely, always.
const MOST_WORDS: usize = 4;

/// A name in a few numbers that lie beside each other, so that thousands are gone through without a look at their letters.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::mapping) struct Glance {
    words: [Seen; MOST_WORDS],
    count: u8,
    /// Of all words joined.
    joined: u32,
}

/// One word.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    plain: u32,
    sound: u32,
    /// Of its other usual spelling; nothing where it has none.
    spelt_out: u32,
    letters: u32,
    sound_letters: u32,
    groups: u32,
    len: u8,
    sound_len: u8,
    required: bool,
    rough: bool,
}

impl Glance {
    /// Returns nothing of a name that has to be looked at closely: one in Chinese characters, of many words, or of none.
    pub fn of(name: &Name) -> Option<Self> {
        let fits = (1..=MOST_WORDS).contains(&name.words.len());
        let is_han = name.words.iter().any(|it| it.script == Script::Han);
        if !fits || is_han || !name.native.is_empty() {
            return None;
        }
        let mut glance = Self {
            joined: name.joined.number(),
            ..Self::default()
        };
        for (place, word) in glance.words.iter_mut().zip(&name.words) {
            *place = Seen::of(word)?;
            glance.count += 1;
        }
        Some(glance)
    }

    /// Returns whether each has a word that must be there and that no word of the other stands for. It says so only
    /// where a close look would say so as well.
    pub fn contradicts(&self, other: &Self) -> bool {
        self.joined != other.joined && self.lacks_one_of(other) && other.lacks_one_of(self)
    }

    fn words(&self) -> &[Seen] {
        self.words
            .get(..usize::from(self.count))
            .unwrap_or_default()
    }

    fn lacks_one_of(&self, other: &Self) -> bool {
        let mut required = other.words().iter().filter(|it| it.required);
        required.any(|word| !self.words().iter().any(|it| it.may_be(word)))
    }
}

impl Seen {
    /// Returns nothing of a word that is longer than any name.
    fn of(word: &Part) -> Option<Self> {
        Some(Self {
            plain: word.plain.number(),
            sound: word.sound.number(),
            spelt_out: word.spelt_out.as_ref().map_or(0, |it| it.number()),
            letters: word.plain.letters(),
            sound_letters: word.sound.letters(),
            groups: word.groups.iter().fold(0, |all, it| all | 1 << (it % 32)),
            len: u8::try_from(word.plain.len()).ok()?,
            sound_len: u8::try_from(word.sound.len()).ok()?,
            required: !word.optional,
            rough: matches!(word.script, Script::Vowelless | Script::Hangul),
        })
    }

    /// Returns whether two words may stand for each other in any way that a close look knows.
    fn may_be(&self, other: &Self) -> bool {
        self.plain == other.plain
            || self.sound == other.sound
            || self.spelt_out == other.plain
            || other.spelt_out == self.plain
            || self.groups & other.groups != 0
            || self.rough != other.rough
            || self.len == 1
            || other.len == 1
            || self.may_be_within(other)
            || other.may_be_within(self)
            || is_near((self.len, self.letters), (other.len, other.letters))
            || is_near(
                (self.sound_len, self.sound_letters),
                (other.sound_len, other.sound_letters),
            )
    }

    /// Whether it may be a word cut short, or one of several that are joined there.
    const fn may_be_within(&self, other: &Self) -> bool {
        self.len < other.len && self.letters & !other.letters == 0
    }
}

/// Whether a letter or two may make one word of the other, or the same letters in another order.
fn is_near(one: (u8, u32), other: (u8, u32)) -> bool {
    let shorter = one.0.min(other.0);
    let changes = super::agree::misspelt(usize::from(shorter));
    u32::from(one.0.abs_diff(other.0)) <= changes && !are_far(one.1, other.1, changes)
}

#[cfg(test)]
mod tests {
    use super::super::{Lexicon, Likeness};
    use super::*;
    use proptest::prelude::{ProptestConfig, proptest};

    fn glance(name: &str) -> Option<Glance> {
        Glance::of(&Name::read(name, &mut Lexicon::default()))
    }

    #[test]
    fn two_people_are_told_apart_at_a_glance() {
        let of = |name: &str| glance(name).unwrap();
        assert!(
            of("Ana Ashbridge").contradicts(&of("Ana Blackwood")),
            "one word is not enough"
        );
        for (one, other) in [
            ("Bill Gray", "William Gray"),
            ("Jürgen Müller", "Juergen Mueller"),
            ("Maria de la Cruz", "Maria Delacruz"),
            ("J. Smith", "John Smith"),
            ("محمد خليل", "Mohammed Khalil"),
        ] {
            assert!(!of(one).contradicts(&of(other)), "{one} may be {other}");
        }
        assert!(glance("王小明").is_none(), "it has to be looked at");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_glance_never_says_more_than_a_close_look(
            one in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 1..5),
            other in proptest::collection::vec(proptest::sample::select(WORDS.to_vec()), 1..5),
        ) {
            let mut lexicon = Lexicon::default();
            let (one, other) = (one.join(" "), other.join(" "));
            let here = Name::read(&one, &mut lexicon);
            let there = Name::read(&other, &mut lexicon);
            if let (Some(seen), Some(beside)) = (Glance::of(&here), Glance::of(&there))
                && seen.contradicts(&beside)
            {
                let close = Likeness::of(&here, &there);
                assert!(close.contradicts(), "{one} and {other}: {close:?}");
                assert!(!close.incomparable, "{one} and {other} can be compared");
            }
        }
    }

    const WORDS: &[&str] = &[
        "Ana",
        "Anna",
        "Anne",
        "Annemarie",
        "Marie",
        "Maria",
        "Mario",
        "Müller",
        "Mueller",
        "Muller",
        "Bill",
        "William",
        "Will",
        "de",
        "la",
        "Cruz",
        "Delacruz",
        "J.",
        "John",
        "Jonh",
        "Johnathan",
        "Smith",
        "Smiht",
        "Smyth",
        "Jr.",
        "O",
        "Brien",
        "O’Brien",
        "van",
        "der",
        "Berg",
        "Vandenberg",
        "Сергей",
        "Sergey",
        "محمد",
        "Mohammed",
        "김",
        "Kim",
        "Min-su",
        "王小明",
        "Ashbridge",
        "Ashbury",
        "Katherine",
        "Catherine",
        "(Kate)",
        "Alexandros",
        "Alex",
        "Øst",
    ];
}
