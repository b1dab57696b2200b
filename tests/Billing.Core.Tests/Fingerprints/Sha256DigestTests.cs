using System.Text;
using Billing.Fingerprints;

namespace Billing.Core.Tests.Fingerprints;

public sealed class Sha256DigestTests
{
    [Theory]
    [InlineData("SHA256ShortMsg.rsp", 65)]
    [InlineData("SHA256LongMsg.rsp", 64)]
    public void Digests_are_those_of_the_nist_vectors(string file, int count)
    {
        Assert.SkipUnless(SharedData.IsHere, SharedData.Missing);
        int bits = 0;
        byte[] message = [];
        List<string> expected = [];
        FormBuffer together = new();
        foreach (string line in File.ReadLines(SharedData.PathTo("nist-shavs", file)))
        {
            string value = line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim();
            if (line.StartsWith("Len", StringComparison.Ordinal))
            {
                bits = int.Parse(value, System.Globalization.CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("Msg", StringComparison.Ordinal))
            {
                // An empty message is written 00.
                message = Convert.FromHexString(value)[..(bits / 8)];
            }
            else if (line.StartsWith("MD", StringComparison.Ordinal))
            {
                Assert.Equal(value, Sha256Digest.Of(message).ToString());
                expected.Add(value);
                together.Write(message);
                together.End();
            }
        }

        Assert.Equal(count, expected.Count);
        Sha256Digest[] digests = new Sha256Digest[count];
        together.HashAll(digests);
        Assert.Equal(expected, digests.Select(digest => digest.ToString()));
    }

    [Fact]
    public void The_digest_of_abc_is_that_of_the_standard() =>
        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", Sha256Digest.Of("abc"u8).ToString());

    [Fact]
    public void Bytes_text_and_order_agree()
    {
        Sha256Digest[] digests = [.. Enumerable.Range(0, 200).Select(i => Sha256Digest.Of(Encoding.UTF8.GetBytes($"{i}")))];
        Array.Sort(digests);

        Assert.Equal(digests.Select(digest => digest.ToString()).Order(StringComparer.Ordinal), digests.Select(digest => digest.ToString()));
        foreach (Sha256Digest digest in digests)
        {
            Assert.True(Sha256Digest.TryParse(digest.ToString().ToUpperInvariant(), out Sha256Digest parsed));
            Assert.Equal(digest, parsed);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adba")]
    [InlineData("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ag")]
    public void Text_that_is_not_64_hexadecimal_digits_is_none(string text)
    {
        Assert.False(Sha256Digest.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Fingerprint.Parse(text));
        Assert.Throws<FormatException>(() => RecordKey.Parse(text));
    }
}
