//! Colours: Okabe and Ito's for the roles, greys for the frame.

use crate::figure::Role;

/// Red, green, blue.
pub(super) type Colour = [u8; 3];

pub(super) const PAPER: Colour = [0xff, 0xff, 0xff];
pub(super) const INK: Colour = [0x22, 0x22, 0x22];
pub(super) const FAINT_INK: Colour = [0x59, 0x59, 0x59];
pub(super) const FRAME: Colour = [0x59, 0x59, 0x59];
pub(super) const GRID: Colour = [0xe8, 0xe8, 0xe8];

/// The colour of a role, as red, green and blue. Target and measured share one, for they never
/// stand in the same figure.
pub fn colour(role: Role) -> [u8; 3] {
    match role {
        Role::Target | Role::Measured => [0x00, 0x72, 0xb2],
        Role::Source => [0xd5, 0x5e, 0x00],
        Role::Shared => [0x00, 0x9e, 0x73],
        Role::Theory => [0x33, 0x33, 0x33],
        Role::Here => [0xcc, 0x79, 0xa7],
        Role::Reference => [0x80, 0x80, 0x80],
    }
}
