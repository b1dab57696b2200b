namespace Billing.Console.Generation;

/// <summary>A company of the generated invoices, with its fields as they stand in a CSV row.</summary>
internal sealed class Supplier(string name, string country, string city, string productLine, string currency, params string[] items)
{
    /// <summary>Name, country and city, with their separators.</summary>
    public byte[] Start { get; } = Bytes($"{name},{country},{city},");

    public byte[] ProductLine { get; } = Bytes(productLine + ",");

    public byte[][] Items { get; } = [.. items.Select(item => Bytes(item + ","))];

    public byte[] Currency { get; } = Bytes(currency + ",");

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
