using System.Text.Json.Serialization;
using Billing.Layouts;
using Billing.Settings;

namespace Billing;

/// <summary>
/// Which column is what, and how values are written. Columns are named as in the header (any case, spaces around them ignored), or by place as <c>#1</c>.
/// For JSON sources the names are those of the members. What a layout leaves null is matched against known header synonyms; what is ambiguous is an error that lists the candidates.
/// The empty text for a column says that there is none, so that none is looked for. One column cannot be two things, but for the date and the instant, and for the scope.
/// Layouts are equal when they say the same.
/// </summary>
[JsonConverter(typeof(BillingJsonConverter))]
public sealed record SourceLayout
{
    private readonly NumberFormat? _numbers;

    /// <summary>A layout that states nothing: columns by synonyms, point as decimal mark, no grouping, ISO dates.</summary>
    public static SourceLayout Default { get; } = new();

    /// <summary>What messages call the layout: the file it was loaded from, or null.</summary>
    public string? Name { get; init; }

    /// <summary>The column of the date.</summary>
    public string? Date { get; init; }

    /// <summary>The column of the instant, with an offset, or without one when <see cref="TimeZone"/> is set. Without a date column the date is that of the instant, as written.</summary>
    public string? Instant { get; init; }

    /// <summary>The column of the signed amount. Not together with <see cref="Debit"/> and <see cref="Credit"/>.</summary>
    public string? Amount { get; init; }

    /// <summary>The column of amounts that count with the sign of <see cref="DebitIsNegative"/>.</summary>
    public string? Debit { get; init; }

    /// <summary>The column of amounts that count with the other sign.</summary>
    public string? Credit { get; init; }

    /// <summary>Whether debits are negative and credits positive (true, the default, as on an account), or the other way round.</summary>
    public bool DebitIsNegative { get; init; } = true;

    /// <summary>
    /// Whether the numbers of <see cref="Debit"/> and <see cref="Credit"/> have their sign already, as in -70.55 under the debits: they count as written.
    /// False: a negative debit is money that came back. Null, the default: rows with negative numbers there are quarantined, since they can be read either way.
    /// </summary>
    public bool? DebitsAreSigned { get; init; }

    /// <summary>
    /// The column that says of the amount whether it is a debit or a credit, such as <c>Soll/Haben</c>; the amounts have no sign then, and debits get that of <see cref="DebitIsNegative"/>.
    /// Where none is named, a row whose sign contradicts such a word in a column known for them is quarantined; the empty text says that there is no such column.
    /// </summary>
    public string? Direction { get; init; }

    /// <summary>The words of <see cref="Direction"/> that mean a debit, in any case; none for those that are known: D, DR, DBIT, debit, S, Soll, Af and others.</summary>
    public IReadOnlyList<string> DebitWords { get; init; } = [];

    /// <summary>The words of <see cref="Direction"/> that mean a credit, in any case; none for those that are known: C, CR, CRDT, credit, H, Haben, Bij and others.</summary>
    public IReadOnlyList<string> CreditWords { get; init; } = [];

    /// <summary>
    /// The column of what was charged beside the amount. It belongs to the record's amount, as <see cref="FeeIsSigned"/> says.
    /// Where none is named, a row with something in a column known for fees is quarantined; the empty text says that fees do not count.
    /// </summary>
    public string? Fee { get; init; }

    /// <summary>Whether fees have their sign (-2.50 is charged) and are added to the amount; false, the default: they have none, and are subtracted.</summary>
    public bool FeeIsSigned { get; init; }

    /// <summary>Whether amounts are whole numbers of minor units (1999 is 19.99 USD, and 1999 JPY). Default false.</summary>
    public bool MinorUnits { get; init; }

    /// <summary>Whether the sign of every amount is turned. Default false.</summary>
    public bool NegateAmounts { get; init; }

    /// <summary>The column of the currency code.</summary>
    public string? Currency { get; init; }

    /// <summary>The code for rows without one, or null: such rows are quarantined.</summary>
    public string? DefaultCurrency { get; init; }

    /// <summary>The column of the source's own id.</summary>
    public string? Id { get; init; }

    /// <summary>The column of the party.</summary>
    public string? Party { get; init; }

    /// <summary>The column of the account.</summary>
    public string? Account { get; init; }

    /// <summary>The column of the description.</summary>
    public string? Description { get; init; }

    /// <summary>The column of the scope; in place of a scope given by the caller. Never looked for by synonyms.</summary>
    public string? Scope { get; init; }

    /// <summary>
    /// The column of the sender's own category: it is the record's where no rule gives one, trimmed, and none where it is blank. Never looked for by synonyms.
    /// It stays among the attributes, so that fingerprints and keys are what they were without it; it may be ignored.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>Columns that must not be empty, by header name, besides date and amount.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>
    /// Further columns that do not tell what a record says, by header name: they are kept with it, but do not enter its fingerprint, and no other role is looked for in them.
    /// Null, the default: columns known for running balances, such as <c>Balance</c>. An empty list: none. Other columns than before are other fingerprints: bring the store along with <c>billing migrate</c>.
    /// </summary>
    public IReadOnlyList<string>? Ignore { get; init; }

    /// <summary>
    /// How numbers are written. Default: point as decimal mark, no grouping; then numbers such as 14.550, which may be thousands as well, are quarantined.
    /// Setting it, also to that, is a statement, and 14.550 is what it says.
    /// </summary>
    public NumberFormat Numbers
    {
        get => _numbers ?? NumberFormat.Invariant;
        init => _numbers = value;
    }

    /// <summary>Whether <see cref="Numbers"/> was set.</summary>
    internal bool NumbersAreStated => _numbers is not null;

    /// <summary>
    /// How dates are written, as .NET custom format strings with day, month and year, tried in order; names of months and days are English, <c>yy</c> is 1950 to 2049.
    /// Default: <c>yyyy-MM-dd</c>, alone or followed by a time; a time of day other than midnight is refused where no instant keeps it, unless a format here names it.
    /// </summary>
    public IReadOnlyList<string> DateFormats { get; init; } = [];

    /// <summary>The IANA time zone of instants without an offset, such as <c>Pacific/Auckland</c> or <c>UTC</c>; null: such instants are quarantined, unless the name of their column ends in <c>utc</c>.</summary>
    public string? TimeZone { get; init; }

    /// <summary>What makes a record the same record, or null to leave it to the pipeline.</summary>
    public RecordIdentity? Identity { get; init; }

    /// <summary>The separator, or null to detect it among comma, semicolon, tab and bar.</summary>
    public char? Separator { get; init; }

    /// <summary>The quote character. Default <c>"</c>.</summary>
    public char Quote { get; init; } = '"';

    /// <summary>
    /// The character that takes the meaning off the one after it, within quotes and without, such as the <c>\</c> of databases; null, the default: none.
    /// After it n, r, t and 0 are line feed, carriage return, tab and NUL; the value <c>\N</c> stays, for <see cref="NullValues"/>. CSV only.
    /// </summary>
    public char? Escape { get; init; }

    /// <summary>Whether the first row (after <see cref="SkipRows"/>) names the columns. Default true; without it columns are named by place.</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>Lines before the header. Default 0.</summary>
    public int SkipRows { get; init; }

    /// <summary>Whether lines that repeat the header, as where files were joined, are passed over, with a warning that counts them; false, the default: they are quarantined. CSV only.</summary>
    public bool RepeatedHeaders { get; init; }

    /// <summary>The path to the array of records within a JSON document, such as <c>data.transactions</c>; arrays on the way are gone through. Null, the default: the source is an array, or one object per line.</summary>
    public string? Rows { get; init; }

    /// <summary>Words that lines after the rows begin with, such as <c>Total</c>, in any case: lines without a date that are no records and no errors, told of in a warning; one with a date and an amount is quarantined. CSV only. Default none.</summary>
    public IReadOnlyList<string> Footer { get; init; } = [];

    /// <summary>The encoding by IANA name, such as <c>windows-1252</c>, or null: by byte order mark, UTF-8 without one.</summary>
    public string? Encoding { get; init; }

    /// <summary>Unquoted or quoted texts that mean null, such as <c>NULL</c>. Default none.</summary>
    public IReadOnlyList<string> NullValues { get; init; } = [];

    /// <summary>The largest record in bytes, 1 KiB to 64 MiB. Default 1 MiB.</summary>
    public int MaxRecordBytes { get; init; } = 1024 * 1024;

    /// <summary>Reads a layout file (docs/layout-file.md).</summary>
    /// <exception cref="BillingConfigurationException">The file cannot be read, is no JSON, or says something that a layout does not know; the message names file and line.</exception>
    public static SourceLayout Load(string path) => LayoutReader.Read(SettingsFile.ReadBytes(path), path);

    /// <summary>Reads a layout from JSON; messages call it <paramref name="name"/>.</summary>
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
    /// <exception cref="BillingConfigurationException">The layout is impossible or contradicts itself.</exception>
    internal void Validate()
    {
        if (LayoutRules.Find(this) is { } problem)
        {
            throw new BillingConfigurationException($"{(Name is null ? "The layout" : $"The layout '{Name}'")} is wrong in {problem.Member}: {problem.Message}");
        }
    }
}
