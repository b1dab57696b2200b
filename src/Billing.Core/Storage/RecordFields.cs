namespace Billing.Storage;

/// <summary>
/// The one list of the fields of a record, in order. A new field is a property, a line in <see cref="Write"/> and a line in <see cref="Read"/>:
/// stores, comparisons, CSV and JSON follow. The subjects of alerts are not a field: stores keep them with the alerts.
/// </summary>
internal static class RecordFields
{
    private static readonly List<RecordField> s_all = [];

    public static RecordField Key { get; } = Add("key", FieldKind.Key);

    public static RecordField Fingerprint { get; } = Add("fingerprint", FieldKind.Fingerprint);

    public static RecordField Occurrence { get; } = Add("occurrence", FieldKind.Number);

    public static RecordField Scope { get; } = Add("scope", FieldKind.Text);

    public static RecordField SourceId { get; } = Add("source_id", FieldKind.Text);

    public static RecordField Date { get; } = Add("date", FieldKind.Date);

    public static RecordField Instant { get; } = Add("instant", FieldKind.Instant);

    public static RecordField Party { get; } = Add("party", FieldKind.Text);

    public static RecordField Account { get; } = Add("account", FieldKind.Text);

    public static RecordField Description { get; } = Add("description", FieldKind.Text);

    public static RecordField Amount { get; } = Add("amount", FieldKind.Money, "amount", "currency");

    public static RecordField ReportingAmount { get; } = Add("reporting_amount", FieldKind.Money, "reporting_amount", "reporting_currency");

    public static RecordField ExchangeRate { get; } = Add("exchange_rate", FieldKind.Rate, "rate", "rate_date", "rate_source");

    public static RecordField Category { get; } = Add("category", FieldKind.Text);

    public static RecordField CategoryRule { get; } = Add("category_rule", FieldKind.Text);

    public static RecordField Flags { get; } = Add("flags", FieldKind.Texts);

    public static RecordField Alerts { get; } = Add("alerts", FieldKind.Texts);

    public static RecordField Attributes { get; } = Add("attributes", FieldKind.Attributes);

    public static RecordField Source { get; } = Add("source", FieldKind.Source, "source", "line", "byte_offset");

    public static RecordField RunId { get; } = Add("run_id", FieldKind.Identifier);

    /// <summary>All fields, in order.</summary>
    public static IReadOnlyList<RecordField> All => s_all;

    /// <summary>Gives every field of a record to a writer.</summary>
    public static void Write(BillingRecord record, IFieldWriter writer)
    {
        writer.Key(Key, record.Key);
        writer.Fingerprint(Fingerprint, record.Fingerprint);
        writer.Number(Occurrence, record.Occurrence);
        writer.Text(Scope, record.Scope);
        writer.Text(SourceId, record.SourceId);
        writer.Date(Date, record.Date);
        writer.Instant(Instant, record.Instant);
        writer.Text(Party, record.Party);
        writer.Text(Account, record.Account);
        writer.Text(Description, record.Description);
        writer.Money(Amount, record.Amount);
        writer.Money(ReportingAmount, record.ReportingAmount);
        writer.Rate(ExchangeRate, record.ExchangeRate);
        writer.Text(Category, record.Category);
        writer.Text(CategoryRule, record.CategoryRule);
        writer.Texts(Flags, record.Flags);
        writer.Texts(Alerts, record.Alerts);
        writer.Attributes(Attributes, record.Attributes);
        writer.Source(Source, record.Source);
        writer.Identifier(RunId, record.RunId);
    }

    /// <summary>The record that a reader has.</summary>
    public static BillingRecord Read(IFieldReader reader)
    {
        Money amount = reader.Money(Amount);
        Money reporting = reader.Money(ReportingAmount);
        return new BillingRecord
        {
            Key = reader.Key(Key),
            Fingerprint = reader.Fingerprint(Fingerprint),
            Occurrence = checked((int)reader.Number(Occurrence)),
            Scope = reader.Text(Scope),
            SourceId = reader.Text(SourceId),
            Date = reader.Date(Date),
            Instant = reader.Instant(Instant),
            Party = reader.Text(Party),
            Account = reader.Text(Account),
            Description = reader.Text(Description),
            Amount = amount,
            ReportingAmount = reporting,
            ExchangeRate = reader.Rate(ExchangeRate, amount.Currency, reporting.Currency),
            Category = reader.Text(Category),
            CategoryRule = reader.Text(CategoryRule),
            Flags = reader.Texts(Flags),
            Alerts = reader.Texts(Alerts),
            Attributes = reader.Attributes(Attributes),
            Source = reader.Source(Source),
            RunId = reader.Identifier(RunId),
        };
    }

    private static RecordField Add(string name, FieldKind kind, params IReadOnlyList<string> columns)
    {
        RecordField field = new(name, kind, s_all.Sum(before => before.Columns.Count), columns.Count == 0 ? [name] : columns);
        s_all.Add(field);
        return field;
    }
}
