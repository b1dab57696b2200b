using System.Security.Cryptography;
using Billing.Fingerprints;

namespace Billing.Core.Tests.Fingerprints;

/// <summary>Messages hashed side by side have the SHA-256 that they have alone, on vectors of every width that this machine has.</summary>
public sealed class Sha256LanesTests
{
    [Fact]
    public void Vectors_of_every_width_agree_with_the_framework()
    {
        Assert.Multiple(Check<Lanes512>, Check<Lanes256>, Check<Lanes128>);

        static void Check<T>()
            where T : unmanaged, ILanes<T>
        {
            // Where it has none of a width, another machine tests it.
            if (!T.IsSupported)
            {
                return;
            }

            Random random = new(7);
            foreach (int count in (int[])[0, 1, T.Count - 1, T.Count, T.Count + 1, 1_000])
            {
                byte[][] messages = [.. Enumerable.Range(0, count).Select(_ => Bytes(random, random.Next(300)))];
                AssertHashes(messages, Sha256Lanes.Hash<T>);
            }
        }
    }

    [Fact]
    public void Every_length_around_the_ends_of_blocks_is_padded_as_the_standard_says() =>
        AssertAll([.. Enumerable.Range(0, 200).Select(length => Bytes(new Random(length), length))]);

    [Fact]
    public void Long_messages_and_short_ones_do_not_disturb_each_other() =>
        AssertAll([.. Enumerable.Range(0, 100).Select(i => Bytes(new Random(i), i % 7 == 0 ? 70_000 : i))]);

    [Fact]
    public void A_form_that_is_dropped_leaves_no_trace()
    {
        FormBuffer forms = new();
        forms.Write("one"u8);
        forms.End();
        forms.Write("dropped"u8);
        forms.Drop();
        forms.Write("two"u8);
        forms.End();
        Sha256Digest[] digests = new Sha256Digest[2];
        forms.HashAll(digests);
        Assert.Equal([Sha256Digest.Of("one"u8), Sha256Digest.Of("two"u8)], digests);
        Assert.Equal(0, forms.Count);
    }

    private static void AssertAll(byte[][] messages) => Assert.Equal(messages.Select(message => Sha256Digest.Of(message)), Hash(messages));

    private static Sha256Digest[] Hash(byte[][] messages)
    {
        FormBuffer forms = new();
        foreach (byte[] message in messages)
        {
            forms.Write(message);
            forms.End();
        }

        Sha256Digest[] digests = new Sha256Digest[messages.Length];
        forms.HashAll(digests);
        return digests;
    }

    private delegate void HashAll(ReadOnlySpan<byte> messages, ReadOnlySpan<int> ends, Span<Sha256Digest> digests);

    private static void AssertHashes(byte[][] messages, HashAll hash)
    {
        using MemoryStream padded = new();
        List<int> ends = [];
        foreach (byte[] message in messages)
        {
            padded.Write(message);
            padded.WriteByte(0x80);
            while (padded.Length % 64 != 56)
            {
                padded.WriteByte(0);
            }

            padded.Write([.. BitConverter.GetBytes(message.Length * 8L).Reverse()]);
            ends.Add((int)padded.Length);
        }

        Sha256Digest[] digests = new Sha256Digest[messages.Length];
        hash(padded.ToArray(), ends.ToArray(), digests);
        Assert.Equal(messages.Select(message => new Sha256Digest(SHA256.HashData(message))), digests);
    }

    private static byte[] Bytes(Random random, int length)
    {
        byte[] bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }
}
