//! Java's serialised objects, as far as the secret keys of JCEKS need them.
//!
//! Follows any object of the stream protocol to find its end; only a sealed key and the key inside it are understood.

use super::protection;
use super::reader::Reader;
use super::{Content, corrupt};
use crate::encryption::check_iterations;
use crate::error::{Error, ErrorKind};
use crate::tlv::Cursor;
use zeroize::Zeroizing;

/// Deepest nesting of objects.
const MAX_DEPTH: usize = 32;
/// Most objects of one stream.
const MAX_OBJECTS: usize = 1_000;

/// The one protection of sealed keys.
const SEAL: &str = "PBEWithMD5AndTripleDES";

/// A key in a `SealedObject`, still under its password.
pub(super) struct SealedKey {
    salt: Vec<u8>,
    iterations: u64,
    content: Vec<u8>,
}

/// A value as far as it matters here.
#[derive(Clone)]
enum Value {
    Text(String),
    Octets(Zeroizing<Vec<u8>>),
    Object(Vec<(String, Value)>),
    Other,
}

#[derive(Clone)]
struct Class {
    flags: u8,
    fields: Vec<(u8, String)>,
    parent: Option<usize>,
}

#[derive(Clone)]
enum Handle {
    Class(usize),
    Value(Value),
}

struct Stream<'a> {
    reader: Reader<'a>,
    classes: Vec<Class>,
    handles: Vec<Handle>,
}

/// Reads one stream: its size, and the sealed key in it or why there is none.
pub(super) fn sealed_key(input: &[u8]) -> Result<(usize, Result<SealedKey, Error>), Error> {
    let (size, value) = stream(input)?;
    Ok((size, unsealable(&value)))
}

fn stream(input: &[u8]) -> Result<(usize, Value), Error> {
    let mut stream = Stream { reader: Reader::new(input), classes: Vec::new(), handles: Vec::new() };
    if stream.reader.u32()? != 0xaced_0005 {
        return Err(corrupt("serialised object"));
    }
    let value = stream.value(0)?;
    Ok((stream.reader.position(), value))
}

fn unsealable(value: &Value) -> Result<SealedKey, Error> {
    let text = |name| match value.field(name) {
        Some(Value::Text(text)) => text.as_str(),
        _ => "",
    };
    let octets = |name| match value.field(name) {
        Some(Value::Octets(octets)) => Some(octets),
        _ => None,
    };
    let (Some(parameters), Some(content)) = (octets("encodedParams"), octets("encryptedContent")) else {
        return Err(corrupt("sealed key"));
    };
    if text("sealAlg") != SEAL {
        return Err(ErrorKind::UnsupportedContainer { oid: text("sealAlg").to_owned() }.into());
    }
    let (salt, iterations) = protection::parameters(&mut Cursor::new(parameters))?;
    Ok(SealedKey { salt, iterations, content: content.to_vec() })
}

impl SealedKey {
    pub(super) fn rounds(&self) -> Result<u64, Error> {
        let rounds = self.iterations.saturating_mul(2);
        check_iterations(rounds)?;
        Ok(rounds)
    }

    /// Opens it: a `SecretKeySpec`, or the `KeyRep` of any key.
    pub(super) fn open(&self, password: &str) -> Result<Content, Error> {
        let clear = protection::open_triple_des(&self.content, &self.salt, self.iterations, password)?;
        if !clear.starts_with(&[0xac, 0xed]) {
            return Err(ErrorKind::WrongPassword.into());
        }
        let (_, value) = stream(&clear)?;
        let octets = value.field("key").or_else(|| value.field("encoded"));
        match (value.field("algorithm"), octets) {
            (Some(Value::Text(algorithm)), Some(Value::Octets(octets))) => {
                Ok(Content::SecretKey { algorithm: algorithm.clone(), octets: octets.clone() })
            }
            _ => Err(corrupt("object inside of the sealed key")),
        }
    }
}

impl Value {
    fn field(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(fields) => fields.iter().find(|field| field.0 == name).map(|field| &field.1),
            _ => None,
        }
    }
}

impl Stream<'_> {
    /// Reserves the next handle; objects may be referred to before they are complete.
    fn handle(&mut self, value: Handle) -> Result<usize, Error> {
        if self.handles.len() == MAX_OBJECTS {
            return Err(corrupt("number of serialised objects"));
        }
        self.handles.push(value);
        Ok(self.handles.len() - 1)
    }

    fn referred(&mut self) -> Result<Handle, Error> {
        let index = self.reader.u32()?.wrapping_sub(0x7e_0000);
        let handle = usize::try_from(index).ok().and_then(|index| self.handles.get(index));
        handle.cloned().ok_or_else(|| corrupt("reference in a serialised object"))
    }

    fn value(&mut self, depth: usize) -> Result<Value, Error> {
        let tag = self.reader.u8()?;
        self.tagged(tag, depth)
    }

    fn tagged(&mut self, tag: u8, depth: usize) -> Result<Value, Error> {
        if depth > MAX_DEPTH {
            return Err(ErrorKind::TooDeep { limit: MAX_DEPTH }.into());
        }
        match tag {
            0x70 => Ok(Value::Other),
            0x71 => match self.referred()? {
                Handle::Value(value) => Ok(value),
                Handle::Class(_) => Ok(Value::Other),
            },
            0x73 => self.object(depth),
            0x74 => {
                let text = self.reader.text()?;
                self.handle(Handle::Value(Value::Text(text.clone())))?;
                Ok(Value::Text(text))
            }
            0x75 => self.array(depth),
            0x7e => {
                self.class(depth)?;
                self.handle(Handle::Value(Value::Other))?;
                self.value(depth + 1)
            }
            _ => Err(corrupt("serialised object")),
        }
    }

    /// The description of a class, or nothing.
    fn class(&mut self, depth: usize) -> Result<Option<usize>, Error> {
        if depth > MAX_DEPTH {
            return Err(ErrorKind::TooDeep { limit: MAX_DEPTH }.into());
        }
        match self.reader.u8()? {
            0x70 => return Ok(None),
            0x71 => match self.referred()? {
                Handle::Class(class) => return Ok(Some(class)),
                Handle::Value(_) => return Err(corrupt("class of a serialised object")),
            },
            0x72 => {}
            _ => return Err(corrupt("class of a serialised object")),
        }
        self.reader.text()?;
        self.reader.u64()?;
        let class = self.classes.len();
        self.classes.push(Class { flags: 0, fields: Vec::new(), parent: None });
        self.handle(Handle::Class(class))?;
        let flags = self.reader.u8()?;
        let mut fields = Vec::new();
        for _ in 0..self.reader.u16()? {
            let (kind, name) = (self.reader.u8()?, self.reader.text()?);
            if matches!(kind, b'[' | b'L') {
                self.value(depth + 1)?;
            }
            fields.push((kind, name));
        }
        self.annotation(depth)?;
        let parent = self.class(depth + 1)?;
        self.classes[class] = Class { flags, fields, parent };
        Ok(Some(class))
    }

    /// Blocks and objects up to the mark that ends them.
    fn annotation(&mut self, depth: usize) -> Result<(), Error> {
        loop {
            match self.reader.u8()? {
                0x78 => return Ok(()),
                0x77 => {
                    let size = self.reader.u8()?;
                    self.reader.take(size.into())?;
                }
                0x7a => drop(self.reader.octets()?),
                tag => drop(self.tagged(tag, depth + 1)?),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Value, Error> {
        let mut next = self.class(depth + 1)?;
        let own = self.handle(Handle::Value(Value::Other))?;
        let mut classes = Vec::new();
        while let Some(class) = next.filter(|_| classes.len() <= MAX_DEPTH) {
            classes.push(self.classes[class].clone());
            next = self.classes[class].parent;
        }
        let mut fields = Vec::new();
        for class in classes.iter().rev().filter(|class| class.flags & 2 != 0) {
            for (kind, name) in &class.fields {
                fields.push((name.clone(), self.field(*kind, depth)?));
            }
            if class.flags & 1 != 0 {
                self.annotation(depth)?;
            }
        }
        let value = Value::Object(fields);
        self.handles[own] = Handle::Value(value.clone());
        Ok(value)
    }

    fn field(&mut self, kind: u8, depth: usize) -> Result<Value, Error> {
        let size = match kind {
            b'B' | b'Z' => 1,
            b'C' | b'S' => 2,
            b'I' | b'F' => 4,
            b'J' | b'D' => 8,
            b'[' | b'L' => return self.value(depth + 1),
            _ => return Err(corrupt("type of a field")),
        };
        self.reader.take(size)?;
        Ok(Value::Other)
    }

    /// Only arrays of octets are met.
    fn array(&mut self, depth: usize) -> Result<Value, Error> {
        self.class(depth + 1)?;
        let own = self.handle(Handle::Value(Value::Other))?;
        let value = Value::Octets(Zeroizing::new(self.reader.octets()?.to_vec()));
        self.handles[own] = Handle::Value(value.clone());
        Ok(value)
    }
}
