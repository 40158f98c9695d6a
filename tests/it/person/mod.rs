//! One customer on the command line: shown, handed over, erased.

mod erase;
mod killed;
mod shown;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Who is erased in these tests, in every way that a file writes it.
const NAME: &str = "Exämple Bűyer";
const EMAIL: &str = "exaemple.buyer@example.com";
const PHONE: &str = "+49 30 5550107";

fn cartwright(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cartwright")).current_dir(folder).args(args).output().unwrap()
}

fn ok(folder: &Path, args: &[&str]) -> String {
    let out = cartwright(folder, args);
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

fn fails(folder: &Path, args: &[&str]) -> String {
    let out = cartwright(folder, args);
    assert!(!out.status.success(), "{args:?}");
    String::from_utf8(out.stderr).unwrap()
}

fn json(folder: &Path, args: &[&str]) -> Value {
    serde_json::from_str(&ok(folder, args)).unwrap()
}

/// Orders line by line, two of them of the person: once as a guest, once by account; and a bad row naming the person.
fn orders() -> String {
    format!(
        "order_id,created_at,customer_id,email,customer name,currency,sku,qty,unit_price,discount code,total,Gift note\n\
         1001,2026-01-05 10:00:00,,Exaemple.Buyer@Example.com,{NAME},EUR,A,2,10.00,WELCOME,20.00,From {NAME}\n\
         1002,2026-02-07 11:30:00,2,b@example.com,Other Buyer,EUR,A,1,10.00,,10.00,\n\
         1003,2026-02-08 09:00:00,7,,{NAME},EUR,C,1,5.00,,9.00,Ring {PHONE}\n\
         1003,2026-02-08 09:00:00,7,,{NAME},EUR,A,1,4.00,,9.00,\n\
         1004,2026-03-01 09:00:00,7,{EMAIL},{NAME},EUR,C,three,5.00,,5.00,\n\
         1005,2026-03-02 09:00:00,,,,EUR,C,1,5.00,,5.00,\n"
    )
}

/// Accounts; the second one is the guest of the first order.
fn accounts(phone: &str) -> String {
    format!(
        "Customer ID,E-mail address,Full name,Phone,Country,Created at,Customer tags,Accepts marketing,Note\n\
         2,b@example.com,Other Buyer,,FR,2025-12-01,,yes,Friend of {NAME}\n\
         7,{EMAIL},{NAME},{phone},DE,2025-11-01,regular,yes,Likes {EMAIL}\n"
    )
}

/// A shop with a history: orders, accounts, the accounts again with another phone, and texts that name the person.
fn shop(at: &Path) {
    std::fs::write(at.join("orders.csv"), orders()).unwrap();
    std::fs::write(at.join("accounts.csv"), accounts(PHONE)).unwrap();
    std::fs::write(at.join("newer.csv"), accounts("0170 5550199")).unwrap();
    ok(at, &["import", "shop.cartwright", "orders.csv", "--as", "lines", "--keep", "Gift note"]);
    for file in ["accounts.csv", "newer.csv"] {
        ok(at, &["import", "shop.cartwright", file, "--as", "customers", "--keep", "Note"]);
    }
}

/// Where in the files of a workspace a text stands, in UTF-8 and UTF-16, in lower, upper and its own case.
fn hits(at: &Path, workspace: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let cases = [text.to_owned(), text.to_lowercase(), text.to_uppercase()];
    for entry in std::fs::read_dir(at).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(workspace) {
            continue;
        }
        let bytes = std::fs::read(entry.path()).unwrap();
        for case in &cases {
            let wide: Vec<u16> = case.encode_utf16().collect();
            let little: Vec<u8> = wide.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let big: Vec<u8> = wide.iter().flat_map(|unit| unit.to_be_bytes()).collect();
            for needle in [case.as_bytes(), &little, &big] {
                if memchr::memmem::find(&bytes, needle).is_some() {
                    found.push(format!("{case} in {name}"));
                }
            }
        }
    }
    found
}

/// Everything that must be nowhere once the person is erased.
const SECRETS: [&str; 5] = [NAME, EMAIL, PHONE, "0170 5550199", "exaemple"];

#[track_caller]
fn no_trace(at: &Path, when: &str) {
    let found: Vec<String> = SECRETS.iter().flat_map(|secret| hits(at, "shop.cartwright", secret)).collect();
    assert!(found.is_empty(), "{when}: {found:?}");
}
