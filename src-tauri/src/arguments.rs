//! How the window was started.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Where webhooks and handed-over candidates come in, unless said otherwise: the same place after every start, so
/// that a tunnel or a reverse proxy can be pointed at it once.
const LISTEN: SocketAddr =
    SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 8790);

/// What was said on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arguments {
    /// Whether to open in practice mode.
    pub practice: bool,
    /// The folder of the store, in place of the system's usual one.
    pub data: Option<PathBuf>,
    /// Where webhooks come in.
    pub listen: SocketAddr,
    /// Whether a plain address on this computer may stand in for the public one, for trying webhooks out.
    pub loopback_webhooks: bool,
}

impl Arguments {
    /// Reads the arguments after the program's name.
    ///
    /// # Errors
    /// Says in words what was not understood.
    pub fn parse(mut words: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let mut arguments = Self {
            practice: false,
            data: None,
            listen: LISTEN,
            loopback_webhooks: false,
        };
        while let Some(word) = words.next() {
            match word.to_str() {
                Some("--practice") => arguments.practice = true,
                Some("--loopback-webhooks") => arguments.loopback_webhooks = true,
                Some("--data") => {
                    let folder = words.next().ok_or("--data wants a folder")?;
                    arguments.data = Some(PathBuf::from(folder));
                }
                Some("--listen") => {
                    let address = words
                        .next()
                        .ok_or("--listen wants an address such as 127.0.0.1:8790")?;
                    arguments.listen = loopback(&address)?;
                }
                _ => return Err(format!("{} is not understood", word.to_string_lossy())),
            }
        }
        Ok(arguments)
    }
}

/// Reads an address of this computer itself. Listening to the network is left to the proxy in front.
fn loopback(word: &OsString) -> Result<SocketAddr, String> {
    let address: Option<SocketAddr> = word.to_str().and_then(|text| text.parse().ok());
    address
        .filter(|address| address.ip().is_loopback())
        .ok_or_else(|| {
            format!(
                "{} is no address of this computer such as 127.0.0.1:8790",
                word.to_string_lossy()
            )
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(words: &[&str]) -> Result<Arguments, String> {
        Arguments::parse(words.iter().map(OsString::from))
    }

    #[test]
    fn nothing_said_is_the_real_thing() {
        let arguments = parse(&[]).unwrap();
        assert!(
            !arguments.practice && !arguments.loopback_webhooks,
            "both are asked for or absent"
        );
        assert_eq!(arguments.data, None, "the system knows where data belongs");
    }

    #[test]
    fn a_folder_with_a_space_is_one_word() {
        let arguments = parse(&["--practice", "--data", "/tmp/my store"]).unwrap();
        assert!(arguments.practice, "the order of arguments does not matter");
        assert_eq!(
            arguments.data,
            Some(PathBuf::from("/tmp/my store")),
            "a path is taken as it is"
        );
    }

    #[test]
    fn only_this_computer_is_listened_to() {
        assert!(
            parse(&["--listen", "127.0.0.1:0"]).is_ok(),
            "any free port is fine"
        );
        assert!(
            parse(&["--listen", "0.0.0.0:8790"]).is_err(),
            "the network is the proxy's affair"
        );
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let words = parse(&["--practise"]).unwrap_err();
        assert!(
            words.contains("--practise"),
            "the person must see which word it was"
        );
    }
}
