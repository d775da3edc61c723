//! The files of `keyrules/`, turned into JSON by the build script.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));
