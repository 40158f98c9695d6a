//! What pictures are made of: clicks, pages, and files to import.

use super::*;

pub fn click(w: &mut Window, label: &str) {
    w.get_by_label(label).click();
    w.step();
    w.step();
}

pub fn page(w: &mut Window, title: &str) {
    let id = PANELS.iter().find(|panel| panel.title == title).map(|panel| panel.id);
    if let Some(id) = id {
        app(w).cx.go(id);
    }
    settle(w);
}

pub fn import(w: &mut Window, paths: &[PathBuf]) {
    app(w).cx.import_files(paths.to_vec());
    settle(w);
    settle(w);
}

/// Order lines whose dates may be read either way, with a foreign currency and rows that cannot be read.
pub fn question_file(dir: &Path) -> PathBuf {
    let mut text =
        String::from("Order ID;Date;Cust. email;Country;Item;SKU;Qty;Unit price;Disc.;Ship;VAT;Cur;State;Gift note\n");
    for i in 0..4_000 {
        let (a, b) = (i % 12 + 1, i / 12 % 12 + 1);
        let quantity = if i % 611 == 17 { "two".to_owned() } else { (i % 3 + 1).to_string() };
        let currency = if i / 2 % 97 == 5 { "CHF" } else { "EUR" };
        let customer = i * 7 % 900;
        let _ = writeln!(
            text,
            "{};{a:02}/{b:02}/2026 14:{:02};customer{customer}@example.com;DE;Linen apron, natural;{:05}-NAT;{quantity};24.50;{};6.20;7.04;{currency};paid;",
            100_000 + i / 2,
            i % 60,
            i % 417,
            if i % 5 == 0 { "4.90" } else { "0.00" },
        );
    }
    written(dir, "orders_2026_h1.csv", &text)
}

pub fn orders_file(dir: &Path, orders: usize) -> PathBuf {
    let mut text = String::from("Order ID,Placed at,Customer e-mail,Country,Total,Currency\n");
    for i in 0..orders {
        let _ = writeln!(
            text,
            "A{i},2026-{:02}-{:02} 10:00,customer{}@example.com,US,{}.50,USD",
            i % 12 + 1,
            i % 28 + 1,
            i * 31 % (orders / 3 + 1),
            i % 90 + 10
        );
    }
    written(dir, &format!("orders_{orders}.csv"), &text)
}

pub fn no_table(dir: &Path) -> PathBuf {
    written(dir, "scan.pdf", "%PDF-1.7\n%not a table\n")
}

pub fn written(dir: &Path, name: &str, text: &str) -> PathBuf {
    let path = dir.join(name);
    std::fs::write(&path, text).expect("the folder can be written");
    path
}
