//! What the tests of the interface share: made-up people, and a pilot that presses keys and reads the screen.

pub mod people;
pub mod pilot;
