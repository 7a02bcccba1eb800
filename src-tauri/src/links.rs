//! Links: pages of the web open in the person's browser, and the window itself stays on its own pages.

use engine::error::{Code, Error, Problem};
use tauri::plugin::{Builder, TauriPlugin};
use tauri::{AppHandle, Url, Wry};
use tauri_plugin_opener::OpenerExt as _;

/// Opens a page in the browser. Only https addresses: a page of ours has no business with anything else.
#[tauri::command]
pub fn open_link(app: AppHandle, url: String) -> Result<(), Problem> {
    if !is_web_page(&url) {
        return Err(Error::new(
            Code::AddressNotAllowed,
            "Only https addresses can be opened",
        )
        .problem());
    }
    app.opener().open_url(url, None::<&str>).map_err(|error| {
        tracing::warn!(%error, "The browser could not be opened");
        Problem::saying(
            Code::Unexpected,
            "The browser could not be opened",
            "This computer did not say which program shows web pages.",
            "Copy the address and open it by hand.",
        )
    })
}

/// Keeps the window on its own pages: the content policy names what a page may load, not where it may go.
pub fn stay() -> TauriPlugin<Wry> {
    Builder::new("stay")
        .on_navigation(|_, url| is_our_page(url))
        .build()
}

fn is_our_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => true,
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => url.as_str() == "about:blank",
    }
}

fn is_web_page(url: &str) -> bool {
    url.strip_prefix("https://").is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_where_it_is() {
        for (url, ours) in [
            ("tauri://localhost/index.html", true),
            ("http://tauri.localhost/", true),
            ("https://example.com/?people=all", false),
            ("http://tauri.localhost.example.com/", false),
            ("file:///etc/passwd", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(is_our_page(&Url::parse(url).unwrap()), ours, "{url}");
        }
    }

    #[test]
    fn only_web_pages_are_opened() {
        assert!(
            is_web_page("https://app.greenhouse.io/configure/dev_center"),
            "Greenhouse's pages are what it is for"
        );
        for url in [
            "file:///etc/passwd",
            "http://example.com",
            "https://",
            "https:///etc",
            "javascript:alert(1)",
            "https://a b",
        ] {
            assert!(!is_web_page(url), "{url} must stay closed");
        }
    }
}
