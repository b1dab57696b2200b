using System.Text;
using Billing.Storage;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Storage;

public sealed class CodePointOrderTests
{
    private static readonly Arbitrary<string> s_text =
        Gen.Elements("", "a", "b", "\0", "\uD7FF", "\uE000", "\uFFFD", "\U00010000", "\U0001F600", "\U0010FFFF").ArrayOf().Select(parts => string.Concat(parts)).ToArbitrary();

    [Fact]
    public void Text_is_ordered_as_its_UTF8_bytes_are() => Check.QuickThrowOnFailure(Prop.ForAll(s_text, s_text, (left, right) =>
        Math.Sign(CodePointOrder.Instance.Compare(left, right)) == Math.Sign(Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)))));

    [Fact]
    public void Nothing_comes_before_the_empty_text()
    {
        Assert.True(CodePointOrder.Instance.Compare(null, "") < 0);
        Assert.True(CodePointOrder.Instance.Compare("", null) > 0);
        Assert.Equal(0, CodePointOrder.Instance.Compare(null, null));
    }
}
