namespace Billing.Audits;

/// <summary>The description in a bundle. It needs no software and no other page.</summary>
internal static class BundleReadme
{
    public const string Text = """
        # An auditor's bundle of a ledger

        These files are what a ledger of billing records holds, so that it can be checked without the software that made it. Text is UTF-8. A file `.jsonl` has one JSON object in each line; JSON escapes line breaks and control characters, so every text is exact. Amounts and rates are texts: digits, with a point, never binary floating point. What is null in an object may be left out. SHA-256 are 64 lower-case hexadecimal digits.

        | file | one line for each |
        |---|---|
        | `manifest.json` | (one object) the period, the last head, and each file with its bytes, lines and SHA-256 |
        | `records.jsonl` | record that is in the ledger now, ordered by date, then key |
        | `runs.jsonl` | run: the report of one reading of one source, newest first. The line is the text that was hashed |
        | `quarantine.jsonl` | row that could not become a record, with its bytes (`raw`, or `raw_base64` if they are not UTF-8) |
        | `entries.jsonl` | entry that changed stored records: a reversal, a restatement, a removal, an erasure; or that closed a month. `body` is the text that was hashed |
        | `closings.jsonl` | only if a month was closed: closing of a month, with its number. `body` is the text whose SHA-256 is `document` of its entry, which has the same month and number |
        | `changes.jsonl` | change that an entry, or a run that replaced an earlier one, made to a record: `body` has the record before (`from`) and after (`to`) |
        | `erased.jsonl` | list of what an erasure replaced: the digests before (`was`) and after (`is`) |
        | `seals.jsonl` | seal, in order. All of the ledger are here, whatever the period |
        | `contents.jsonl` | only if there is a period: digest that a seal covers, in its order |
        | `settings/` | the layouts, rates and rules that the runs kept; the name has the SHA-256 of the text |

        ## What must hold

        1. Each file has the SHA-256 that the manifest says. This finds accidents. Whoever edits a file can edit the manifest.
        2. **The seals are one chain, and lead to a head that was kept elsewhere.** A head is a line such as `billing-head 1 42 (64 digits) 2026-11-30T17:00:00Z`: the number and the hash of a seal. Ask the person who keeps the heads for one; the head in the manifest is only a copy.
        3. Each run and entry has the report and the content that its seal says.
        4. In each completed run: read = stored + duplicate + conflict + quarantined, in rows and in the money of every currency.
        5. The records that each completed run stored add up to `stored` and `storedInReportingCurrency` of its report.
        6. Each record has the fingerprint that its content gives, and its reporting amount is what its rate makes of its amount.

        ## How hashes are made

        A value is its length in bytes in decimal digits, a colon, the bytes, a comma; null is `-,`. Numbers are decimal digits.

        - **Seal**: SHA-256 of `seal.v1,` and the values number, of, kind, report, content, records, quarantined, changes, previous, at. `previous` is the hash of the seal before it; 64 zeros for the first.
        - **report**: SHA-256 of the line in `runs.jsonl` without its line feed, or of `body` in `entries.jsonl`.
        - **content**: SHA-256 of the digests (32 bytes each, one after the other) of: the records that the run stored, ordered by byte offset, line, digest; its rows in quarantine, in the same order; its changes, ordered by id; its lists of erasures, ordered by id.
        - **Record**: SHA-256 of `record.v1,` and the values key (32 bytes), fingerprint (32 bytes), occurrence, scope, source_id, date, instant, party, account, description, amount, currency, reporting_amount, reporting_currency, rate, rate_date, rate_source, category, category_rule; the number of flags, and each; the number of alerts, and each; the number of attributes, and of each its name, its value, and `ignored,` if its value is in brackets; source, line, byte_offset, run_id.
        - **Row in quarantine**: SHA-256 of `quarantined.v1,` and the values key, run_id, source, line, byte_offset, scope, raw, raw_length, format, header, separator.
        - **Change** and **list of an erasure**: SHA-256 of `change.v1,` and the values id, body.

        A run stored a record if the record is here and no change made it; or if it is the `from` of a change and no change made it; or if it is the `to` of a change whose id begins with the run's own id. A record whose digest is `is` in a list of an erasure counts under the digest `was`.

        **Fingerprint**: SHA-256 of the line `billing.record.v2` and of lines `name length:value`, each ended by a line feed, where length counts bytes: date; instant (UTC, seven decimals, Z); id (`source_id`); party; account; description; amount (no trailing zeros); currency; then each attribute as `@length:name length:value`, ordered by the bytes of the name. Texts are trimmed, in Unicode form C; blank ones have no line; names of attributes are case-folded; values in brackets have no line.
        **Key by content**: SHA-256 of the lines `billing.key.v1`, `identity 7:content`, scope if there is one, fingerprint, occurrence.

        ## By hand

        ```
        sha256sum records.jsonl                          # is in manifest.json
        sed -n 1p runs.jsonl | tr -d '\n' | sha256sum    # is `report` of a seal
        ```

        ## A part of a ledger

        With a period, the records and changes with dates outside it are not here, nor are rows in quarantine of runs that have nothing in it. Seals, reports and entries are all here. `contents.jsonl` has the digests of all that the seals of the related runs and entries cover: they add up to `content`, and everything here is among them. So each record here is proved. Not proved is that a digest without a record lies outside the period.

        """;
}
