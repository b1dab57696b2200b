using Billing.Amendments;

namespace Billing.Core.Tests.Amendments;

/// <summary>Runs and entries count in the order of their ids.</summary>
public sealed class TimeOrderedIdsTests
{
    private static readonly DateTimeOffset s_now = new(2025, 6, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_of_one_millisecond_are_in_order_also_while_others_are_made_a_millisecond_earlier_or_later()
    {
        List<string> ids = [];
        for (int i = 0; i < 1_000; i++)
        {
            ids.Add(TimeOrderedIds.Next(s_now));
            _ = TimeOrderedIds.Next(s_now.AddMilliseconds((i % 3) - 1));
        }

        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public void An_id_of_a_later_millisecond_is_later() =>
        Assert.True(string.CompareOrdinal(TimeOrderedIds.Next(s_now), TimeOrderedIds.Next(s_now.AddMilliseconds(1))) < 0);
}
