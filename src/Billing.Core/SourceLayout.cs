using System.Text.Json.Serialization;
using Billing.Layouts;
using Billing.Settings;

namespace Billing;

/// <summary>
/// The layout of a source: which column is what, and how values are written. Columns are named as in the header (in any letter case, ignoring spaces around them), or by position as <c>#1</c>.
/// For JSON sources the names are those of the members. A column that a layout leaves null is found by known header synonyms; an ambiguous one is an error that lists the candidates.
/// An empty string for a column says that there is none, so that none is looked for. One column cannot have two roles, except for date and instant, and for the scope.
/// Layouts are equal if they say the same.
/// </summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed record SourceLayout
{
    private readonly NumberFormat? _numbers;

    /// <summary>A layout that states nothing: columns by synonyms, point as decimal mark, no grouping, ISO dates.</summary>
    public static SourceLayout Default { get; } = new();

    /// <summary>The name of the layout in messages: the file that it was loaded from, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The column of the date.</summary>
    public string? Date { get; init; }

    /// <summary>The column of the instant, with an offset, or without one when <see cref="TimeZone"/> is set. Without a date column, the date is that of the instant, as written.</summary>
    public string? Instant { get; init; }

    /// <summary>The column of the signed amount. It cannot be combined with <see cref="Debit"/> and <see cref="Credit"/>.</summary>
    public string? Amount { get; init; }

    /// <summary>The column of amounts that count with the sign of <see cref="DebitIsNegative"/>.</summary>
    public string? Debit { get; init; }

    /// <summary>The column of amounts that count with the other sign.</summary>
    public string? Credit { get; init; }

    /// <summary>Whether debits are negative and credits positive (true, the default, as on an account), or the other way round.</summary>
    public bool DebitIsNegative { get; init; } = true;

    /// <summary>
    /// Whether the numbers of <see cref="Debit"/> and <see cref="Credit"/> already have their sign, such as -70.55 in the debit column: they count as written.
    /// False: a negative debit is money that came back. Null, the default: rows with negative numbers there are quarantined, since they can be read either way.
    /// </summary>
    public bool? DebitsAreSigned { get; init; }

    /// <summary>
    /// The column that says whether the amount is a debit or a credit, such as <c>Soll/Haben</c>. The amounts then have no sign, and debits get that of <see cref="DebitIsNegative"/>.
    /// If none is named, a row whose sign contradicts such a word in a column known for such words is quarantined. An empty string says that there is no such column.
    /// </summary>
    public string? Direction { get; init; }

    /// <summary>The words of <see cref="Direction"/> that mean a debit, in any case; empty for the known ones: D, DR, DBIT, debit, S, Soll, Af and others.</summary>
    public IReadOnlyList<string> DebitWords { get; init; } = [];

    /// <summary>The words of <see cref="Direction"/> that mean a credit, in any case; empty for the known ones: C, CR, CRDT, credit, H, Haben, Bij and others.</summary>
    public IReadOnlyList<string> CreditWords { get; init; } = [];

    /// <summary>
    /// The column of fees that were charged in addition to the amount. A fee is part of the record's amount, as <see cref="FeeIsSigned"/> says.
    /// If none is named, a row with a value in a column known for fees is quarantined. An empty string says that fees do not count.
    /// </summary>
    public string? Fee { get; init; }

    /// <summary>Whether fees have a sign (-2.50 is charged) and are added to the amount. False, the default: they have no sign and are subtracted.</summary>
    public bool FeeIsSigned { get; init; }

    /// <summary>Whether amounts are whole numbers of minor units (1999 is 19.99 USD, and 1999 JPY). Default false.</summary>
    public bool MinorUnits { get; init; }

    /// <summary>Whether the sign of every amount is reversed. Default false.</summary>
    public bool NegateAmounts { get; init; }

    /// <summary>The column of the currency code.</summary>
    public string? Currency { get; init; }

    /// <summary>The currency code for rows without one. Null: such rows are quarantined.</summary>
    public string? DefaultCurrency { get; init; }

    /// <summary>The column of the source's own id.</summary>
    public string? Id { get; init; }

    /// <summary>The column of the party.</summary>
    public string? Party { get; init; }

    /// <summary>The column of the account.</summary>
    public string? Account { get; init; }

    /// <summary>The column of the description.</summary>
    public string? Description { get; init; }

    /// <summary>The column of the scope, in place of a scope that the caller gives. It is never found by synonyms.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// The column of the sender's own category: it is the record's where no rule gives one, trimmed, and none where it is blank. Never looked for by synonyms.
    /// It stays among the attributes, so that fingerprints and keys are what they were without it; it may be ignored.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>
    /// The column of the running balance: what the account held after the row, in the currency and with the sign of its amount; empty where a row does not say. Rows may come oldest
    /// or newest first. A source whose balances do not come out is refused whole (<see cref="IngestReport.Proof"/>). Never looked for by synonyms. It stays among the attributes,
    /// so that fingerprints and keys are what they were without it; name it in <see cref="Ignore"/> too, unless its header is known for running balances.
    /// </summary>
    public string? Balance { get; init; }

    /// <summary>
    /// The column that says whether a row is pending or posted, with the words of <see cref="Pending"/>. Never looked for by synonyms. It stays among the attributes, and is never part of
    /// a fingerprint: a row whose status changes stays the same record.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>What <see cref="Status"/> says, and what replaces a pending row; null if the layout names no status.</summary>
    public PendingTerms? Pending { get; init; }

    /// <summary>Columns that must not be empty, by header name, besides date and amount.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>
    /// Further columns that are not part of what a record says, by header name. They are kept with the record, but are not part of its fingerprint, and no other role is looked for in them.
    /// Null, the default: columns known for running balances, such as <c>Balance</c>. An empty list: none. Changing the columns changes fingerprints: migrate the store with <c>billing migrate</c>.
    /// </summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>
    /// The number format. Default: point as decimal mark, no grouping; numbers such as 14.550, which may also be thousands, are then quarantined.
    /// Once it is set, even to the default, 14.550 is read as it says.
    /// </summary>
    public NumberFormat Numbers
    {
        get => _numbers ?? NumberFormat.Invariant;
        init => _numbers = value;
    }

    /// <summary>Whether <see cref="Numbers"/> was set.</summary>
    internal bool NumbersAreStated => _numbers is not null;

    /// <summary>
    /// The date formats, as .NET custom format strings with day, month and year, tried in order. Names of months and days are English, <c>yy</c> is 1950 to 2049.
    /// Default: <c>yyyy-MM-dd</c>, alone or followed by a time; a time of day other than midnight is refused if no instant keeps it, unless a format here names it.
    /// </summary>
    public IReadOnlyList<string> DateFormats { get; init; } = [];

    /// <summary>The IANA time zone of instants without an offset, such as <c>Pacific/Auckland</c> or <c>UTC</c>; null: such instants are quarantined, unless the name of their column ends in <c>utc</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The identity: what makes a record the same record; null to leave it to the pipeline.</summary>
    public RecordIdentity? Identity { get; init; }

    /// <summary>The separator, or null to detect it among comma, semicolon, tab and bar.</summary>
    public char? Separator { get; init; }

    /// <summary>The quote character. Default <c>"</c>.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>
    /// The escape character: it removes the special meaning of the character after it, inside and outside quotes, such as the <c>\</c> of databases. Null, the default: none.
    /// After it, n, r, t and 0 mean line feed, carriage return, tab and NUL; the value <c>\N</c> stays as it is, for <see cref="NullValues"/>. CSV only.
    /// </summary>
    public char? Escape { get; init; }

    /// <summary>Whether the first row (after <see cref="SkipRows"/>) names the columns. Default true. Without a header, columns are named by position.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The number of lines before the header. Default 0.</summary>
    public int SkipRows { get; init; }

    /// <summary>Whether lines that repeat the header, as in joined files, are skipped, with a warning that counts them. False, the default: they are quarantined. CSV only.</summary>
    public bool RepeatedHeaders { get; init; }

    /// <summary>The path to the array of records within a JSON document, such as <c>data.transactions</c>; arrays on the path are traversed. Null, the default: the source is an array, or one object per line.</summary>
    public string? Rows { get; init; }

    /// <summary>Words that footer lines after the rows begin with, such as <c>Total</c>, in any case. A footer line without a date is neither a record nor an error, and a warning reports it; a line with a date and an amount is quarantined. CSV only. Default none.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>
    /// Lines that are not rows and state totals of the source. If they do not come out, or a line that is not optional is missing, nothing of the source is stored
    /// (<see cref="IngestReport.Proof"/>). CSV only. Default none.
    /// </summary>
    public IReadOnlyList<StatedLine> Stated { get; init; } = [];

    /// <summary>The encoding by IANA name, such as <c>windows-1252</c>, or null: by byte order mark, or UTF-8 if there is none.</summary>
    public string? Encoding { get; init; }

    /// <summary>Texts, quoted or not, that mean null, such as <c>NULL</c>. Default none.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>The maximum size of a record in bytes, 1 KiB to 64 MiB. Default 1 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 1024 * 1024;

    /// <summary>Reads a layout file (docs/layout-file.md).</summary>
    /// <exception cref="BillingConfigurationException">The file cannot be read, is not JSON, or states something that a layout does not have; the message names the file and the line.</exception>
    public static SourceLayout Load(string path) => LayoutReader.Read(SettingsFile.ReadBytes(path), path);

    /// <summary>Reads a layout from JSON. Messages call it <paramref name="name"/>.</summary>
    /// <exception cref="BillingConfigurationException">As for <see cref="Load"/>.</exception>
    public static SourceLayout Parse(string json, string name = "layout")
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return LayoutReader.Read(System.Text.Encoding.UTF8.GetBytes(json), name);
    }

    /// <summary>Writes what <see cref="Parse(string, string)"/> reads, leaving defaults and the name out.</summary>
    public string ToJson() => LayoutWriter.Write(this);

    /// <summary>What <see cref="ToJson"/> writes.</summary>
    public override string ToString() => ToJson();

    // The lists and the identity have no value equality of their own; the written form states all of them.
    /// <summary>Whether both have the same name and say the same.</summary>
    public bool Equals(SourceLayout? other) => ReferenceEquals(this, other) || (other is not null && Name == other.Name && ToJson() == other.ToJson());

    /// <inheritdoc/>
    public override int GetHashCode() => ToJson().GetHashCode(StringComparison.Ordinal);

    /// <summary>Checks what can be checked without a source.</summary>
    /// <exception cref="BillingConfigurationException">The layout is invalid or contradicts itself.</exception>
    internal void Validate()
    {
        if (LayoutRules.Find(this) is { } problem)
        {
            throw new BillingConfigurationException($"{(Name is null ? "The layout" : $"The layout '{Name}'")} is wrong in {problem.Member}: {problem.Message}");
        }
    }
}
