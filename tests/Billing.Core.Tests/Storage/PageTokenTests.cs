using Billing.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Storage;

public sealed class PageTokenTests
{
    private static readonly QueryIdentity s_query = QueryIdentity.Of(new RecordQuery());

    [Fact]
    public void A_position_comes_back_from_its_token() => Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().ToArbitrary(), position =>
        PageToken.Read(new PageRequest { ContinuationToken = PageToken.Write(s_query, position) }, s_query)!.SequenceEqual(position)));

    [Fact]
    public void Any_text_that_is_no_token_is_an_ArgumentException() => Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text =>
    {
        if (text is null)
        {
            return PageToken.Read(new PageRequest(), s_query) is null;
        }

        try
        {
            RecordPosition.Parse(PageToken.Read(new PageRequest { ContinuationToken = text }, s_query));
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }));

    [Fact]
    public void Positions_come_back_from_their_bytes()
    {
        RecordPosition record = new(DateOnly.MaxValue, Billing.Testing.Some.Key("1"));
        Assert.Equal(record, RecordPosition.Parse(record.ToBytes()));
        QuarantinePosition quarantined = new("a\0😀.csv", long.MaxValue, Billing.Testing.Some.Key("1"));
        Assert.Equal(quarantined, QuarantinePosition.Parse(quarantined.ToBytes()));
    }

    [Theory]
    [InlineData(RecordOrder.Date, false)]
    [InlineData(RecordOrder.Amount, true)]
    [InlineData(RecordOrder.Party, true)]
    public void Places_come_back_from_their_bytes(RecordOrder order, bool isDescending)
    {
        RecordListQuery query = new() { Order = order, IsDescending = isDescending };
        foreach (decimal amount in (decimal[])[decimal.MinValue, -0.10m, 0m, 1.000m, decimal.MaxValue])
        {
            RecordPlace place = RecordPlace.Of(Billing.Testing.Some.Record(amount: amount, party: "Ü 😀 \0"), query);
            RecordPlace read = RecordPlace.Parse(place.ToBytes(), query);
            Assert.Equal(place, read);
            Assert.Equal(0, place.CompareTo(read));
        }
    }

    [Fact]
    public void Bytes_that_are_no_place_are_refused()
    {
        RecordListQuery query = new() { Order = RecordOrder.Party };
        byte[] place = RecordPlace.Of(Billing.Testing.Some.Record(party: "ü"), query).ToBytes();
        for (int i = 0; i < place.Length - 2; i++)
        {
            Assert.Throws<ArgumentException>(() => RecordPlace.Parse(place.AsSpan(0, i), query));
        }

        // An amount of no decimal, a date after the last, half of a letter.
        Assert.Throws<ArgumentException>(() => RecordPlace.Parse([.. Enumerable.Repeat((byte)0xFF, 16), .. place[16..]], query));
        Assert.Throws<ArgumentException>(() => RecordPlace.Parse([.. place[..16], 0x7F, 0xFF, 0xFF, 0xFF, .. place[20..]], query));
        Assert.Throws<ArgumentException>(() => RecordPlace.Parse(place.AsSpan(0, place.Length - 1), query));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(37)]
    public void A_position_of_another_length_is_refused(int length) =>
        Assert.Throws<ArgumentException>(() => RecordPosition.Parse(new byte[length]));

    [Fact]
    public void A_position_whose_date_does_not_exist_is_refused()
    {
        byte[] bytes = new RecordPosition(DateOnly.MaxValue, default).ToBytes();
        bytes.AsSpan(0, 4).Fill(0x7F);
        Assert.Throws<ArgumentException>(() => RecordPosition.Parse(bytes));
    }

    [Fact]
    public void Every_filter_makes_another_query()
    {
        RecordQuery[] records =
        [
            new(),
            new() { From = new DateOnly(2025, 6, 17) },
            new() { To = new DateOnly(2025, 6, 17) },
            new() { Party = "" },
            new() { Party = "x" },
            new() { Category = "x" },
            new() { Currency = "x" },
            new() { Text = "x" },
            new() { RunId = "x" },
            new() { SourceName = "x" },
            new() { Line = 1 },
            new() { Scope = "x" },
            new() { Flag = "x" },
        ];
        QuarantineQuery[] quarantine =
        [
            new(),
            new() { Reason = "x" },
            new() { SourceName = "x" },
            new() { RunId = "x" },
            new() { Line = 1 },
            new() { IncludeResolved = true },
        ];
        QueryIdentity[] all = [.. records.Select(QueryIdentity.Of), .. quarantine.Select(QueryIdentity.Of), QueryIdentity.Runs];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(QueryIdentity.Of(new RecordQuery { Party = "x", PageSize = 7 }), QueryIdentity.Of(new RecordQuery { Party = "x", ContinuationToken = "y" }));
    }
}
