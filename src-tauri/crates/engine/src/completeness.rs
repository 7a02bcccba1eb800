//! Whether everything is here: what Greenhouse listed when everything was last read, laid beside what was kept of it.

use crate::Engine;
use crate::error::Error;
use crate::pull;
use crate::view::{Completeness, ListedWhole, ListedWindow};
use jiff::Timestamp;
use store::PullProof;

impl Engine {
    /// Returns what the last reading of everything came to, list by list and window by window.
    ///
    /// # Errors
    /// As every read of the store.
    pub async fn completeness(&self) -> Result<Completeness, Error> {
        let proofs = self.db().read(|reader| reader.proofs().list()).await?;
        let mut lists: Vec<ListedWhole> = Vec::new();
        for (list, proof, at) in proofs {
            match lists.last_mut().filter(|last| last.list == list) {
                Some(last) => add(last, &proof),
                None => {
                    let mut first = empty(&list, at);
                    add(&mut first, &proof);
                    lists.push(first);
                }
            }
        }
        let complete = lists.iter().all(|list| list.missing.is_empty());
        Ok(Completeness { complete, lists })
    }
}

fn empty(list: &str, at: Timestamp) -> ListedWhole {
    ListedWhole {
        title: pull::title(list).to_owned(),
        list: list.to_owned(),
        read_at: at,
        listed: 0,
        kept: 0,
        unwanted: 0,
        gone: 0,
        unlisted: 0,
        missing: Vec::new(),
        windows: Vec::new(),
    }
}

fn add(list: &mut ListedWhole, proof: &PullProof) {
    list.listed += proof.listed;
    list.kept += proof.kept;
    list.unwanted += proof.unwanted;
    list.gone += proof.gone;
    list.unlisted += proof.unlisted;
    list.missing.extend(&proof.missing);
    list.windows.push(ListedWindow {
        from: proof.window.from,
        to: proof.window.to,
        pages: proof.pages,
        listed: proof.listed,
        kept: proof.kept,
        unwanted: proof.unwanted,
    });
}
