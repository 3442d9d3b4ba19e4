//! Where ours and theirs must agree; one module to a kind of file.

mod judges;
