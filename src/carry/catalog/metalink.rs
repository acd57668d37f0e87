//! A catalogue as a Metalink (RFC 5854): for programs that fetch a file from several places
//! and check its hash. Mirrors are asked in their order.

use super::Catalog;
use super::xml::escaped;
use crate::torrent::hex;

const HEAD: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<metalink xmlns=\"urn:ietf:params:xml:ns:metalink\">
";

pub(super) fn text(catalog: &Catalog) -> String {
    let mut out = String::from(HEAD);
    for entry in &catalog.entries {
        out.push_str(&format!("<file name=\"{}\">\n", escaped(&entry.name)));
        out.push_str(&format!("<size>{}</size>\n", entry.len_bytes));
        out.push_str(&format!(
            "<hash type=\"sha-256\">{}</hash>\n",
            hex(&entry.sha256)
        ));
        for (mirror, priority) in catalog.mirrors.iter().zip(1_u32..) {
            let address = escaped(&mirror.file(&entry.name));
            out.push_str(&format!("<url priority=\"{priority}\">{address}</url>\n"));
        }
        out.push_str("</file>\n");
    }
    out.push_str("</metalink>\n");
    out
}
