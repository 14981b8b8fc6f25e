namespace Tokenfall.Tests;

/// <summary>Tests that count the process's allocations: nothing else may run beside them.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public class AllocationTests;
