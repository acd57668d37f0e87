//! README.txt of an export: the commands to run, and what they prove.

use varaq_carry::{Export, LeftOut, Opinion};
use varaq_trust::Facts;

use super::{PIECES_FILE, Pieces};
use crate::failure::Failure;
use crate::verb::info::slot_name;
use crate::verb::trust::code_of;
use crate::words;

const BEGIN: &str = "\
A SECOND OPINION

These files were taken out of a bundle by varaq, so that programs that know nothing of it can
check what was signed: ssh-keygen of OpenSSH 8.1 or newer, and b3sum. Run the commands in
this folder. Nobody has signed this README: believe the answers of the commands, not these lines.
";

const FILE: &str = "
5. THE WHOLE FILE

If a file of the same name that ends in .sig came with the bundle, a signer has signed the
bundle byte for byte. With the bundle's name for news.varaq, and one of slot0, slot1, …:

  ssh-keygen -Y verify -f allowed_signers.file -I slot0 -n varaq-file-v1 -s news.varaq.sig < news.varaq

It breaks when a copy is mended, cut or signed once more; the signatures above do not.

";

const END: &str = "\
WHAT THIS PROVES

A \"Good\" answer proves that the key named in the file of allowed signers has signed exactly
these bytes for exactly this purpose. \"OK\" from b3sum proves that a file has the hash that is
in the list.

WHAT IT DOES NOT PROVE

- Threshold: ssh-keygen answers for one signature at a time. That enough of them are there,
  and that no person was counted twice, is for you to count.
- Revocation and suspension: the keys of this list counted when it was written. Whether one of
  them has been revoked since, these programs do not know.
- Order: that the statements follow each other, that each was signed by the keys that the one
  before names, that these keys were given to these signers, that the number was theirs to
  sign, that no newer or second issue exists: none of it is looked at.
- Identity: the lists of keys were written by varaq from the same bundle. Whose keys they are
  only the publisher's code tells, if you have it from somewhere else.
- The list of pieces: b3sum holds files against the list, not the list against the manifest.
- That what is written is true.
";

/// The whole text.
pub(super) fn text(facts: &Facts, files: &Export, pieces: &Pieces) -> Result<String, Failure> {
    let issue = &facts.issue;
    let mut text = BEGIN.to_owned();
    for (name, value) in [
        (
            "issue",
            format!("{} {}/{}", issue.channel, issue.epoch, issue.number),
        ),
        ("day", words::day(issue.day)),
        ("manifest", issue.id.to_string()),
        ("publisher", facts.publisher.id.to_string()),
        ("code", code_of(&facts.publisher.id)?.to_string()),
    ] {
        text.push_str(&format!("\n{name:<10} {value}"));
    }
    text.push_str("\n\n1. THE SIGNATURES OF THE ISSUE\n\n");
    text.push_str(&format!(
        "Each must answer 'Good \"varaq-manifest-v1\" signature'. Of {} keys {} must have signed; {} did.\n\n",
        issue.signers.slots.len(),
        issue.signers.threshold,
        files.issue.len(),
    ));
    commands(&mut text, &files.issue);
    let of_issue = |one: &&LeftOut| one.whose.starts_with("slot");
    left_out(&mut text, files.left_out.iter().filter(of_issue));
    text.push_str("\n2. THE NAMES OF ISSUE AND PUBLISHER\n\nThese print the manifest and the publisher above.\n\n");
    text.push_str("  b3sum --derive-key 'varaq 2026 manifest-id v1' manifest.bin\n");
    text.push_str("  b3sum --derive-key 'varaq 2026 publisher-id v1' history/statement1.bin\n");
    text.push_str("\n3. THE PUBLISHER'S STATEMENTS AND SUSPENSIONS\n\n");
    commands(&mut text, &files.history);
    let of_history = |one: &&LeftOut| !one.whose.starts_with("slot");
    left_out(&mut text, files.left_out.iter().filter(of_history));
    text.push_str("\n4. THE PIECES\n\n");
    text.push_str(&of_pieces(pieces));
    text.push_str(FILE);
    text.push_str(END);
    Ok(text)
}

fn commands(text: &mut String, opinions: &[Opinion]) {
    for one in opinions {
        let Opinion {
            signed,
            signature,
            signers,
            identity,
            namespace,
        } = one;
        text.push_str(&format!(
            "  ssh-keygen -Y verify -f {signers} -I {identity} -n {namespace} -s {signature} < {signed}\n"
        ));
    }
}

fn left_out<'l>(text: &mut String, left_out: impl Iterator<Item = &'l LeftOut>) {
    let lines: Vec<String> = left_out
        .map(|one| format!("  {}: {}\n", one.whose, slot_name(one.reason)))
        .collect();
    if !lines.is_empty() {
        text.push_str("\nThere are other signatures. They do not count, and are left out:\n\n");
        text.push_str(&lines.concat());
    }
}

fn of_pieces(pieces: &Pieces) -> String {
    let Pieces {
        listed, missing, ..
    } = pieces;
    let check = format!("  b3sum --check {PIECES_FILE}\n");
    let mut text = if *listed == 0 {
        "This copy has no list of pieces that can be read.\n".to_owned()
    } else if pieces.wanted {
        format!("Each of {listed} must be OK.\n\n{check}")
    } else {
        format!(
            "{PIECES_FILE} lists the hashes of {listed}. The pieces themselves are not here; varaq export --pieces\n\
             writes them, and then each must be OK:\n\n{check}"
        )
    };
    if *missing > 0 {
        text.push_str(&format!(
            "\n{missing} more belong to the issue and cannot be had from this copy.\n"
        ));
    }
    text
}
