using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Fingerprints;

/// <summary>Random contents, made of pieces that are hard on a canonical form.</summary>
internal static class Contents
{
    private static readonly Gen<string> Text =
        from pieces in Gen.Elements(
            "a", "b", "Acme", " ", "\t", "\u00A0", "\u2003", "\u3000", "\n", "\0", "1", ":", "7:", "@1:a 1:b\n", "party 4:Acme\n", "\"",
            "\u00E9", "e\u0301", "a\u0323\u0301", "a\u0301\u0323", "\u1112\u1161\u11AB", "\uD55C", "\u212B", "\u65E5\u672C", "\U0001F355", "\u0627\u0628", "\uFF11").ArrayOf()
        where pieces.Length <= 8
        select string.Concat(pieces);

    private static readonly Gen<string?> Optional = Gen.Frequency((1, Gen.Constant<string?>(null)), (4, Text.Select(text => (string?)text)));

    private static readonly Gen<decimal> Amount =
        from low in Gen.Choose(int.MinValue, int.MaxValue)
        from middle in Gen.Elements(0, 1, -1, int.MaxValue)
        from high in Gen.Elements(0, 0, 0, 1, -1)
        from negative in Gen.Elements(true, false)
        from scale in Gen.Choose(0, 28)
        from factor in Gen.Elements(0, 1)
        select new decimal(low * factor, middle * factor, high * factor, negative, (byte)scale);

    private static readonly Gen<DateTimeOffset?> Instant = Gen.Frequency(
        (1, Gen.Constant<DateTimeOffset?>(null)),
        (3,
            from seconds in Gen.Choose(0, int.MaxValue)
            from ticks in Gen.Elements(0, 1, 5_000_000, 9_999_999)
            from minutes in Gen.Elements(0, 60, 345, -720, 840)
            select (DateTimeOffset?)DateTimeOffset.UnixEpoch.AddSeconds(seconds).AddTicks(ticks).ToOffset(TimeSpan.FromMinutes(minutes))));

    private static readonly Gen<(string, string?)[]> Attributes =
        from names in Text.ArrayOf()
        where names.Length <= 12
        from values in Optional.ArrayOf(names.Length)
        select names.Zip(values).DistinctBy(pair => pair.First.Trim().Normalize()).ToArray();

    private static readonly Gen<DateOnly> Date = Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber);

    private static readonly Gen<string> Currency = Gen.Elements("USD", "EUR", "JPY");

    /// <summary>Any content.</summary>
    public static Gen<RecordContent> Any { get; } =
        from date in Date
        from instant in Instant
        from id in Optional
        from party in Optional
        from account in Optional
        from description in Optional
        from amount in Amount
        from currency in Currency
        from attributes in Attributes
        select new RecordContent
        {
            Date = date,
            Instant = instant,
            Id = id,
            Party = party,
            Account = account,
            Description = description,
            Amount = amount,
            Currency = currency,
            Attributes = attributes,
        };

    /// <summary>Two contents that differ in one field at most, or have two texts exchanged.</summary>
    public static Gen<(RecordContent, RecordContent)> Neighbours { get; } =
        from content in Any
        from other in Any
        from field in Gen.Choose(0, 10)
        select (content, field switch
        {
            0 => content with { Date = other.Date },
            1 => content with { Instant = other.Instant },
            2 => content with { Id = other.Id },
            3 => content with { Party = other.Party },
            4 => content with { Account = other.Account },
            5 => content with { Description = other.Description },
            6 => content with { Amount = other.Amount },
            7 => content with { Currency = other.Currency },
            8 => content with { Attributes = other.Attributes },
            9 => content with { Party = content.Account, Account = content.Party },
            _ => content with { Attributes = [.. content.Attributes.Select((pair, i) => (pair.Item1, content.Attributes[^(i + 1)].Value))] },
        });

    /// <summary>A content, and the same one in another spelling.</summary>
    public static Gen<(RecordContent, RecordContent)> Respelled { get; } =
        from content in Any
        from seed in Gen.Choose(0, int.MaxValue)
        select (content, Respell(content, new Random(seed)));

    private static RecordContent Respell(RecordContent content, Random random)
    {
        (string Name, string? Value)[] attributes =
            [.. content.Attributes.Select(pair => (Respell(pair.Name, random)!, Respell(pair.Value, random))), ("left out", null)];
        random.Shuffle(attributes);
        return content with
        {
            Instant = content.Instant?.ToOffset(TimeSpan.FromMinutes(random.Next(-840, 841))),
            Id = Respell(content.Id, random),
            Party = Respell(content.Party, random),
            Account = Respell(content.Account, random) ?? " ",
            Description = Respell(content.Description, random),
            Amount = Respell(content.Amount),
            Attributes = attributes,
        };
    }

    private static string? Respell(string? text, Random random)
    {
        string[] spaces = ["", " ", "\u00A0\t", "\r\n", "\u3000", "\u2028"];
        return text is null
            ? null
            : spaces[random.Next(spaces.Length)]
                + text.Normalize(random.Next(2) == 0 ? NormalizationForm.FormC : NormalizationForm.FormD)
                + spaces[random.Next(spaces.Length)];
    }

    // Adds 0.000...: the same number with more decimals, as far as they fit.
    private static decimal Respell(decimal amount) => amount == 0m ? -0.000m : amount + new decimal(0, 0, 0, false, 28);
}
