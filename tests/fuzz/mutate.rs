//! Damages an element of ASN.1 and puts the lengths around the damage right, so that it lies deep inside.
//!
//! Damage without such care is the engine's own business.

use certwright_pki::ber::{self, Limits, Node};

/// A small generator of numbers: the same seed gives the same damage.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// What is put in the place of one element.
struct Edit {
    /// The number of the element, in the order in which they begin.
    target: usize,
    replacement: Vec<u8>,
}

/// Damages one element of `data`; `None` when there is no element in it, or the result is longer than `longest`.
#[must_use]
pub fn structured(data: &[u8], seed: u32, longest: usize) -> Option<Vec<u8>> {
    let limits = Limits { encapsulated: true, ..Limits::default() };
    let tree = ber::parse(data, limits);
    let mut nodes = Vec::new();
    flatten(&tree.nodes, &mut nodes);
    let mut numbers = Numbers(u64::from(seed));
    let target = numbers.below(nodes.len());
    let node = *nodes.get(target)?;
    let other = *nodes.get(numbers.below(nodes.len()))?;
    let edit = Edit { target, replacement: damaged(data, node, other, &mut numbers) };
    let mut out = Vec::with_capacity(data.len() + 64);
    let mut index = 0;
    for node in &tree.nodes {
        rebuild(data, node, &edit, &mut index, &mut out);
    }
    if let Some(unread) = tree.unread {
        out.extend(&data[unread]);
    }
    (out.len() <= longest && out != data).then_some(out)
}

fn flatten<'t>(nodes: &'t [Node], out: &mut Vec<&'t Node>) {
    for node in nodes {
        out.push(node);
        flatten(&node.children, out);
    }
}

fn damaged(data: &[u8], node: &Node, other: &Node, numbers: &mut Numbers) -> Vec<u8> {
    const TAGS: [u8; 20] = [
        1, 2, 3, 4, 5, 6, 0x0a, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x1e, 0x30, 0x31, 0x80, 0x82, 0xa0, 0xa1, 0xa3,
    ];
    const OCTETS: [u8; 8] = [0, 1, 0x7f, 0x80, 0xff, 0x30, b'-', b'9'];
    let whole = &data[node.whole.clone()];
    let header = &data[node.header.clone()];
    let mut content = data[node.content.clone()].to_vec();
    let at = numbers.below(content.len());
    match numbers.below(10) {
        0 => return Vec::new(),
        1 => return [whole, whole].concat(),
        2 => return data[other.whole.clone()].to_vec(),
        3 => return [whole, &data[other.whole.clone()]].concat(),
        4 => return element(TAGS[numbers.below(TAGS.len())], &content),
        5 => return element(TAGS[numbers.below(TAGS.len())], whole),
        6 => content.truncate(at),
        7 => content.extend_from_slice(&data[other.content.clone()]),
        8 if !content.is_empty() => content[at] = OCTETS[numbers.below(OCTETS.len())],
        _ if !content.is_empty() => content[at] ^= 1 << numbers.below(8),
        _ => content.push(OCTETS[numbers.below(OCTETS.len())]),
    }
    element(header.first().copied().unwrap_or(4), &content)
}

/// Writes a node as it was, but for the edit and the lengths around it.
fn rebuild(data: &[u8], node: &Node, edit: &Edit, index: &mut usize, out: &mut Vec<u8>) {
    let mine = *index;
    *index += 1;
    if mine == edit.target {
        *index += count(&node.children);
        out.extend(&edit.replacement);
        return;
    }
    let last = mine + count(&node.children);
    if !(mine..=last).contains(&edit.target) {
        *index = last + 1;
        out.extend(&data[node.whole.clone()]);
        return;
    }
    let mut content = Vec::new();
    // A BIT STRING has an octet before the element in it.
    let lead = node.children.first().map_or(node.content.start, |child| child.whole.start);
    content.extend(&data[node.content.start..lead]);
    for child in &node.children {
        rebuild(data, child, edit, index, &mut content);
    }
    if let Some(unread) = &node.unread {
        content.extend(&data[unread.clone()]);
    }
    out.extend(element(data[node.header.start], &content));
}

fn count(nodes: &[Node]) -> usize {
    nodes.iter().map(|node| 1 + count(&node.children)).sum()
}

/// One element with a definite length; high tag numbers become low ones.
fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![if tag & 0x1f == 0x1f { tag & !1 } else { tag }];
    match content.len() {
        size @ 0..=0x7f => out.push(size as u8),
        size => {
            let octets = size.to_be_bytes();
            let used = &octets[octets.iter().take_while(|octet| **octet == 0).count()..];
            out.push(0x80 | used.len() as u8);
            out.extend(used);
        }
    }
    out.extend(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_damage_leaves_the_lengths_in_order() {
        let inner = element(0x30, &element(2, &[7; 200]));
        let data = element(0x30, &[element(0x30, &element(6, &[0x2a, 3])), element(4, &inner)].concat());
        let (mut made, mut whole) = (0, 0);
        for seed in 0..1_000 {
            let Some(bytes) = structured(&data, seed, 4_096) else { continue };
            made += 1;
            whole += usize::from(ber::parse(&bytes, Limits::default()).problem.is_none());
        }
        assert!(made > 900, "{made}");
        assert!(whole * 10 > made * 8, "{whole} of {made}");
    }

    #[test]
    fn what_is_no_element_is_left_to_the_engine() {
        assert_eq!(structured(b"", 1, 100), None);
        assert_eq!(structured(&[0x30, 0x82], 1, 100), None);
    }
}
