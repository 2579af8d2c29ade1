namespace Roast.Native;

/// <summary>roast_vector: made, read, written, freed.</summary>
internal static unsafe class VectorExports
{
    [UnmanagedCallersOnly(EntryPoint = "roast_vector_load", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Load(byte* path, nint* vector)
    {
        try
        {
            Handles.Clear(vector, "vector");
            *vector = Handles.Add(SteeringVector.Load(Text8.Read(path, "path")));
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_vector_save", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Save(nint vector, byte* path, int overwrite)
    {
        try
        {
            Handles.Get<SteeringVector>(vector).Save(Text8.Read(path, "path"), overwrite != 0);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_vector_create", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Create(byte** points, float** values, nuint* widths, nuint count, nint* vector)
    {
        try
        {
            Handles.Clear(vector, "vector");
            var directions = new Dictionary<Point, float[]>();
            Arrays.Count(points, count, "points");
            Arrays.Count(values, count, "values");
            for (int i = 0; i < Arrays.Count(widths, count, "widths"); i++)
                if (!directions.TryAdd(Point.Parse(Text8.Read(points[i], "points")), Arrays.Read(values[i], widths[i], "values")))
                    throw new StatusException(Status.Argument, $"points[{i}] was given before; a vector has one direction per point.");
            *vector = Handles.Add(new SteeringVector(directions));
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_vector_free", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Free(nint vector)
    {
        try
        {
            Handles.Free<SteeringVector>(vector);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_vector_get_info", CallConvs = [typeof(CallConvCdecl)])]
    public static Status GetInfo(nint vector, VectorInfo* info)
    {
        try
        {
            Versioned.Write(VectorInfo.Of(Handles.Get<SteeringVector>(vector)), info, "info");
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_vector_point", CallConvs = [typeof(CallConvCdecl)])]
    public static Status PointAt(nint vector, nuint index, byte* name, nuint capacity, nuint* length)
    {
        try
        {
            var points = Handles.Get<SteeringVector>(vector).Points;
            if (index >= (nuint)points.Count) throw new StatusException(Status.Argument, $"index is {index}; the vector has {points.Count} points.");
            Text8.Write(points[(int)index].ToString(), name, capacity, length);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }

    [UnmanagedCallersOnly(EntryPoint = "roast_vector_values", CallConvs = [typeof(CallConvCdecl)])]
    public static Status Values(nint vector, byte* point, float* values, nuint capacity, nuint* width)
    {
        try
        {
            Arrays.Write(Handles.Get<SteeringVector>(vector)[Point.Parse(Text8.Read(point, "point"))].Span, values, capacity, width);
            return Status.Ok;
        }
        catch (Exception e) { return LastError.Set(e); }
    }
}
