using System.Buffers.Binary;
using Billing.Fingerprints;
using Billing.Occurrences;
using FsCheck;
using FsCheck.Fluent;

namespace Billing.Core.Tests.Occurrences;

[Trait("Culture", "independent")]
public sealed class OccurrenceCounterTests : IDisposable
{
    private readonly string _folder = Some.Folder();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Counts_are_those_of_a_dictionary_however_small_the_table() =>
        Check.One(
            Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(300).WithEndSize(400),
            Prop.ForAll(Arb.From(Gen.Choose(1, 9)), Arb.From(Gen.Choose(0, 60).ArrayOf()), (limit, values) =>
            {
                using OccurrenceCounter counter = new(limit, _folder);
                AssertCounts(counter, values.Select(DigestOf));
            }));

    [Fact]
    public void Counts_stay_exact_over_many_spills_and_merges()
    {
        Random random = new(20250617);
        using OccurrenceCounter counter = new(3000, _folder);

        AssertCounts(counter, Enumerable.Range(0, 400_000).Select(_ => DigestOf(random.Next(150_000))));

        Assert.InRange(counter.SpilledRuns, 1, 12);
    }

    [Fact]
    public void A_digest_is_found_again_when_its_first_count_is_many_merges_old()
    {
        using OccurrenceCounter counter = new(2, _folder);
        for (int round = 1; round <= 5; round++)
        {
            Assert.Equal(round, counter.Next(DigestOf(-1)));
            for (int i = 0; i < 600; i++)
            {
                Assert.Equal(1, counter.Next(DigestOf((round * 1000) + i)));
            }
        }
    }

    [Fact]
    public void Digests_that_begin_alike_are_told_apart_across_blocks()
    {
        using OccurrenceCounter counter = new(50, _folder);

        AssertCounts(counter, Enumerable.Range(0, 3000).Select(i => Alike((i * 7919) % 1100)));

        Assert.True(counter.SpilledRuns > 0);

        // Eight equal bytes, then a hash, so that the index over first bytes says nothing.
        static Sha256Digest Alike(int value)
        {
            byte[] bytes = new byte[Sha256Digest.Size];
            DigestOf(value).CopyTo(bytes);
            bytes.AsSpan(0, 8).Fill(0x55);
            return new Sha256Digest(bytes);
        }
    }

    [Fact]
    public void The_number_of_files_grows_with_the_logarithm_of_what_is_counted()
    {
        using OccurrenceCounter counter = new(1, _folder);
        int most = 0;
        for (int i = 0; i < 1024; i++)
        {
            counter.Next(DigestOf(i));
            most = Math.Max(most, counter.SpilledRuns);
        }

        // 4^5 = 1024: at most three runs of each of five tiers.
        Assert.InRange(most, 4, 15);
    }

    [Fact]
    public void Nothing_goes_to_a_file_while_the_table_has_room()
    {
        using OccurrenceCounter counter = new(100, Path.Combine(_folder, "missing"));

        AssertCounts(counter, Enumerable.Range(0, 1000).Select(i => DigestOf(i % 100)));

        Assert.Equal(0, counter.SpilledRuns);
    }

    [Fact]
    public void No_file_is_left()
    {
        OccurrenceCounter counter = new(4, _folder);
        for (int i = 0; i < 500; i++)
        {
            counter.Next(DigestOf(i));
        }

        Assert.True(counter.SpilledRuns > 0);
        if (!OperatingSystem.IsWindows())
        {
            // Also not while it counts, so that a killed process leaves none.
            Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
        }

        counter.Dispose();
        counter.Dispose();
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_that_cannot_take_the_counts_fails_the_run_and_no_count_is_made_up_after_it()
    {
        using OccurrenceCounter counter = new(2, Path.Combine(_folder, "missing"));
        counter.Next(DigestOf(1));
        counter.Next(DigestOf(2));

        Assert.ThrowsAny<IOException>(() => counter.Next(DigestOf(3)));
        Assert.Throws<InvalidOperationException>(() => counter.Next(DigestOf(1)));
        Assert.Throws<InvalidOperationException>(() => counter.Next(DigestOf(4)));
    }

    private static void AssertCounts(OccurrenceCounter counter, IEnumerable<Sha256Digest> digests)
    {
        Dictionary<Sha256Digest, int> expected = [];
        foreach (Sha256Digest digest in digests)
        {
            int count = expected[digest] = expected.GetValueOrDefault(digest) + 1;
            Assert.Equal(count, counter.Next(digest));
        }
    }

    private static Sha256Digest DigestOf(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return Sha256Digest.Of(bytes);
    }
}
