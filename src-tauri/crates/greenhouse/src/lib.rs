//! greenhouse
