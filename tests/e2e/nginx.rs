//! Somebody else's TLS server on loopback, with a certificate of ours; ended by its process when it is dropped.

use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use certwright_interop::Program;

/// A running nginx.
#[derive(Debug)]
pub struct Nginx {
    child: Child,
    port: u16,
}

impl Nginx {
    /// Serves a chain (PEM, leaf first) with its key (PEM) from a folder that it may write into.
    pub fn start(program: &Program, folder: &Path, chain: &Path, key: &Path) -> Self {
        let port = free_port();
        let settings = folder.join("nginx.conf");
        let written =
            fs::create_dir_all(folder).and_then(|()| fs::write(&settings, configuration(port, chain, key)));
        if let Err(error) = written {
            panic!("could not write {}: {error}", settings.display());
        }
        let mut command = program.command();
        command.arg("-p").arg(folder).arg("-c").arg(&settings).args(["-e", "stderr"]);
        let mut child = command
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("could not start nginx: {error}"));
        let deadline = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if let Ok(Some(status)) = child.try_wait() {
                panic!("nginx did not stay: {status}");
            }
            assert!(Instant::now() < deadline, "nginx does not listen");
            thread::sleep(Duration::from_millis(20));
        }
        Nginx { child, port }
    }

    /// Where it listens, on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port on which no one listens at this moment.
pub fn free_port() -> u16 {
    let bound = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    bound.unwrap_or_else(|error| panic!("no port on loopback: {error}")).port()
}

/// One process, in the foreground, that writes only below its prefix.
fn configuration(port: u16, chain: &Path, key: &Path) -> String {
    format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr crit;
        events {{ worker_connections 64; }}
        http {{
            access_log off;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            server {{
                listen 127.0.0.1:{port} ssl;
                ssl_certificate {chain}; ssl_certificate_key {key};
                ssl_protocols TLSv1.2 TLSv1.3;
                location / {{ return 200 'served with our certificate'; }}
            }}
        }}",
        chain = chain.display(),
        key = key.display(),
    )
}
