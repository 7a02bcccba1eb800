//! Lists that the engine hands out page by page, read whole.

use engine::error::Error;

/// Rows asked for at once.
const PAGE: u32 = 500;

/// Reads a list from its first row to its last; returns the rows and how many the engine counts. `page` returns the rows
/// behind so many, at most so many, with that count.
pub(super) async fn whole<R>(
    page: impl AsyncFn(u32, u32) -> Result<(Vec<R>, u32), Error>,
) -> Result<(Vec<R>, u32), Error> {
    let (mut rows, mut total) = page(0, PAGE).await?;
    while u32::try_from(rows.len()).is_ok_and(|read| read < total) {
        let read = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        let (more, now) = page(read, PAGE).await?;
        // Rows may go while they are read.
        if more.is_empty() {
            break;
        }
        rows.extend(more);
        total = now;
    }
    Ok((rows, total))
}
