//! The store as async code uses it: one connection that writes, one that reads, each used off the async threads by
//! one caller at a time, in the order they asked.

use crate::error::{Code, Error};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Holder, Reader, Store, StoreError, Tx};
use tokio::sync::Mutex;

/// The store's file in the data folder.
const FILE: &str = "headhuntr.db";

/// The store, open. Cheap to clone; all clones are one.
#[derive(Clone)]
pub(crate) struct Db {
    path: PathBuf,
    writer: Arc<Mutex<Option<Store>>>,
    reader: Arc<Mutex<Option<Reader>>>,
    /// The program that writes, where it is not this one.
    elsewhere: Option<Holder>,
}

impl Db {
    /// Opens the store in a folder, and makes both where they are absent.
    pub(crate) async fn open(folder: &Path) -> Result<Self, Error> {
        let path = file_in(folder);
        let (folder, file) = (folder.to_owned(), path.clone());
        let (store, reader) = blocking(move || {
            std::fs::create_dir_all(&folder).map_err(|e| StoreError::Unwritable(Box::new(e)))?;
            open_both(&file)
        })
        .await?;
        Ok(Self {
            path,
            writer: Arc::new(Mutex::new(Some(store))),
            reader: Arc::new(Mutex::new(Some(reader))),
            elsewhere: None,
        })
    }

    /// Opens the store in a folder for looking alone, while another program writes to it.
    pub(crate) async fn look(folder: &Path) -> Result<Self, Error> {
        let path = file_in(folder);
        let file = path.clone();
        let (reader, holder) = blocking(move || {
            let holder = store::holder(&file).ok_or(StoreError::Closed)?;
            let reader = Reader::open(&file)?;
            if reader.is_up_to_date()? {
                Ok((reader, holder))
            } else {
                Err(StoreError::Held { by: holder })
            }
        })
        .await?;
        Ok(Self {
            path,
            writer: Arc::default(),
            reader: Arc::new(Mutex::new(Some(reader))),
            elsewhere: Some(holder),
        })
    }

    /// Returns the program that writes, where it is not this one.
    pub(crate) fn elsewhere(&self) -> Option<&Holder> {
        self.elsewhere.as_ref()
    }

    /// Makes changes in one commit. Where `work` fails, nothing has changed.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Error> {
        let mut store = Arc::clone(&self.writer).lock_owned().await;
        let elsewhere = self.elsewhere.clone();
        blocking(move || match (store.as_mut(), elsewhere) {
            (Some(store), _) => store.transaction(work),
            (None, Some(by)) => Err(StoreError::Held { by }),
            (None, None) => Err(StoreError::Closed),
        })
        .await
    }

    /// Reads what is committed.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Reader) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Error> {
        let reader = Arc::clone(&self.reader).lock_owned().await;
        blocking(move || work(reader.as_ref().ok_or(StoreError::Closed)?)).await
    }

    /// Empties the journal into the store and removes old copies, so that what was removed is nowhere in our files.
    pub(crate) async fn settle(&self) -> Result<(), Error> {
        let store = Arc::clone(&self.writer).lock_owned().await;
        blocking(move || store.as_ref().ok_or(StoreError::Closed)?.leave_no_trace()).await
    }

    /// Lets go of the store. Whoever asks afterwards is told that it is closed.
    pub(crate) async fn close(&self) {
        self.reader.lock().await.take();
        if let Some(store) = self.writer.lock().await.take() {
            // Closing writes the journal back, which may take a moment on a slow disk.
            tokio::task::spawn_blocking(move || drop(store)).await.ok();
        }
    }

    /// Removes the store with all that belongs to it, and opens an empty one.
    pub(crate) async fn wipe(&self) -> Result<(), Error> {
        let mut reader = self.reader.lock().await;
        let mut writer = self.writer.lock().await;
        reader.take();
        drop(writer.take());
        let path = self.path.clone();
        let (store, fresh) = blocking(move || {
            Store::wipe_files(&path)?;
            open_both(&path)
        })
        .await?;
        *writer = Some(store);
        *reader = Some(fresh);
        Ok(())
    }
}

/// Returns where the store lies in a data folder.
pub(crate) fn file_in(folder: &Path) -> PathBuf {
    folder.join(FILE)
}

fn open_both(path: &Path) -> Result<(Store, Reader), StoreError> {
    let store = Store::open(path)?;
    let reader = store.reader()?;
    Ok((store, reader))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => Ok(done?),
        Err(error) => {
            Err(Error::new(Code::Unexpected, "Work on the store broke off").caused_by(error))
        }
    }
}
