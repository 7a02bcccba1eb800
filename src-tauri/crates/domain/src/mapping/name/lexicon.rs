//! The words of names, each looked into once: the same given names and surnames come again and again.

use super::Word;
use std::collections::HashMap;
use std::rc::Rc;

/// Words that were met.
#[derive(Debug, Default)]
pub(in crate::mapping) struct Lexicon {
    /// By how they are written; nothing where no letter of it can be read.
    words: HashMap<Box<str>, Option<Rc<Word>>>,
}

impl Lexicon {
    /// Returns the word that is written so.
    pub(super) fn word(&mut self, text: &str) -> Option<Rc<Word>> {
        if let Some(known) = self.words.get(text) {
            return known.clone();
        }
        let word = Word::new(text).map(Rc::new);
        self.words.insert(text.into(), word.clone());
        word
    }
}
