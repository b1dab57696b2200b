namespace Billing.Web.Export;

/// <summary>A column of an exported table: texts, or exact numbers.</summary>
internal sealed record ExportColumn<T>(string Name, Func<T, string?>? TextOf, Func<T, decimal?>? NumberOf)
{
    public static ExportColumn<T> Text(string name, Func<T, string?> value) => new(name, value, null);

    public static ExportColumn<T> Number(string name, Func<T, decimal?> value) => new(name, null, value);
}
