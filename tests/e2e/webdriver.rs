//! The W3C WebDriver protocol as far as the journeys need it: one session, commands in and out as JSON.

use std::fmt;

use serde_json::{Value, json};

use crate::http;

/// The name under which the protocol writes an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A reference to an element of the current document.
#[derive(Clone, Debug, PartialEq)]
pub struct Element(String);

impl Element {
    /// Reads a reference out of a script's result.
    pub fn from_value(value: &Value) -> Option<Self> {
        Some(Element(value.get(ELEMENT)?.as_str()?.to_owned()))
    }

    /// The reference as a script's argument.
    pub fn to_value(&self) -> Value {
        json!({ ELEMENT: self.0 })
    }
}

/// A command that the driver refused, or that did not reach it.
#[derive(Debug)]
pub struct Refusal {
    /// The protocol's error code, such as `stale element reference`.
    pub code: String,
    /// The driver's words.
    pub message: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.message.lines().next().unwrap_or_default();
        write!(f, "{}: {first}", self.code)
    }
}

/// An open session with a driver on this machine.
#[derive(Debug)]
pub struct Session {
    port: u16,
    id: String,
}

impl Session {
    /// Starts a browser with these capabilities.
    pub fn open(port: u16, capabilities: &Value) -> Result<Self, Refusal> {
        let body = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = exchange(port, "POST", "/session", &body)?;
        match answer["sessionId"].as_str() {
            Some(id) => Ok(Session { port, id: id.to_owned() }),
            None => Err(Refusal {
                code: "session not created".to_owned(),
                message: "the driver's answer names no session".to_owned(),
            }),
        }
    }

    /// Sends a command with a body; `path` follows the session's own.
    pub fn post(&self, path: &str, body: Value) -> Result<Value, Refusal> {
        exchange(self.port, "POST", &self.path(path), &body)
    }

    /// Asks for something.
    pub fn ask(&self, path: &str) -> Result<Value, Refusal> {
        exchange(self.port, "GET", &self.path(path), &Value::Null)
    }

    /// Ends something: a window, or with an empty path the session.
    pub fn delete(&self, path: &str) -> Result<Value, Refusal> {
        exchange(self.port, "DELETE", &self.path(path), &Value::Null)
    }

    /// Sends a command to one element.
    pub fn post_to(&self, element: &Element, path: &str, body: Value) -> Result<Value, Refusal> {
        self.post(&format!("/element/{}/{path}", element.0), body)
    }

    fn path(&self, path: &str) -> String {
        format!("/session/{}{path}", self.id)
    }
}

fn exchange(port: u16, method: &str, path: &str, body: &Value) -> Result<Value, Refusal> {
    let text = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let (status, answer) = http::request(port, method, path, text.as_bytes())
        .map_err(|error| Refusal { code: "no answer".to_owned(), message: error.to_string() })?;
    let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
    let value = &answer["value"];
    if status == 200 {
        return Ok(value.clone());
    }
    let text = |key: &str| value[key].as_str().unwrap_or("unknown").to_owned();
    Err(Refusal { code: text("error"), message: text("message") })
}
